import { Controller, Get, Param, SerializeOptions } from '@nestjs/common';
import { type Actor, CaseLook, Id } from '#contract';
import { LooksService } from '#safekeeping';
import { CurrentActor } from '../http/asker.js';

/** Who looked at one's own case. */
@Controller('cases/:id/looks')
export class LooksController {
  constructor(private readonly looks: LooksService) {}

  @Get()
  @SerializeOptions({ schema: CaseLook })
  list(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.looks.list(actor, id);
  }
}
