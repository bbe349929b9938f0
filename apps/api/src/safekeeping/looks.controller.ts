import { Controller, Get, Param, SerializeOptions } from '@nestjs/common';
import { type Actor, CaseLooks, Id } from '#contract';
import { LooksService } from '#safekeeping';
import { CurrentActor } from '../http/asker.js';

/** Who looked at one's own case. */
@Controller('cases/:id/looks')
export class LooksController {
  constructor(private readonly looks: LooksService) {}

  @Get()
  @SerializeOptions({ schema: CaseLooks })
  list(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.looks.list(actor, id);
  }
}
