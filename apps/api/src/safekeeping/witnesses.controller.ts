import { Body, Controller, Delete, Get, HttpCode, Param, Post, SerializeOptions } from '@nestjs/common';
import { type Actor, AuditWitness, Id, NameWitness } from '#contract';
import { WitnessesService } from '#safekeeping';
import { CurrentActor } from '../http/asker.js';

/** Who outside the house is mailed the root of every day. */
@Controller('audit-witnesses')
export class WitnessesController {
  constructor(private readonly witnesses: WitnessesService) {}

  @Get()
  @SerializeOptions({ schema: AuditWitness })
  list(@CurrentActor() actor: Actor) {
    return this.witnesses.list(actor);
  }

  @Post()
  @SerializeOptions({ schema: AuditWitness })
  name(@CurrentActor() actor: Actor, @Body({ schema: NameWitness }) asked: NameWitness) {
    return this.witnesses.name(actor, asked);
  }

  @Delete(':id')
  @HttpCode(204)
  end(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.witnesses.end(actor, id);
  }
}
