import { Body, Controller, HttpCode, Param, Put } from '@nestjs/common';
import { AttorneysService } from '#cases';
import { type Actor, EndAttorney, Id } from '#contract';
import { CurrentActor } from '../http/asker.js';

/** Powers of attorney that end while the case goes on. */
@Controller('cases/:id/ended-attorneys')
export class AttorneysController {
  constructor(private readonly attorneys: AttorneysService) {}

  @Put()
  @HttpCode(204)
  end(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: EndAttorney }) { partyId }: EndAttorney) {
    return this.attorneys.end(actor, id, partyId);
  }
}
