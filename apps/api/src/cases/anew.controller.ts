import { Controller, Get, HttpCode, Param, Put, SerializeOptions } from '@nestjs/common';
import { SettlingAnewService } from '#cases';
import { type Actor, AnewAgreements, Id } from '#contract';
import { CurrentActor } from '../http/asker.js';

/** What the parties say to another settlement, when the court has not approved the first. */
@Controller('cases/:id/anew-agreements')
@SerializeOptions({ schema: AnewAgreements })
export class AnewController {
  constructor(private readonly anew: SettlingAnewService) {}

  @Get()
  read(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.anew.read(actor, id);
  }

  @Put()
  @HttpCode(200)
  agree(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.anew.agree(actor, id);
  }
}
