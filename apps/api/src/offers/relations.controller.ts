import { Body, Controller, Delete, Get, HttpCode, Param, Post, SerializeOptions } from '@nestjs/common';
import { type Actor, Id, KeepRelation, RelationView } from '#contract';
import { RelationsService } from '#mediators';
import { CurrentActor } from '../http/asker.js';

/** Whom the mediator who asks is tied to. */
@Controller()
export class RelationsController {
  constructor(private readonly relations: RelationsService) {}

  @Get('people/me/relations')
  @SerializeOptions({ schema: RelationView })
  list(@CurrentActor() actor: Actor) {
    return this.relations.list(actor);
  }

  @Post('people/me/relations')
  @HttpCode(204)
  keep(@CurrentActor() actor: Actor, @Body({ schema: KeepRelation }) given: KeepRelation) {
    return this.relations.keep(actor, given);
  }

  @Delete('relations/:id')
  @HttpCode(204)
  remove(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.relations.remove(actor, id);
  }
}
