import { Body, Controller, HttpCode, Param, Put } from '@nestjs/common';
import { PartyContactsService } from '#cases';
import { type Actor, Id, TakeContact } from '#contract';
import { CurrentActor } from '../http/asker.js';

/** How a party can be reached that nobody acts for yet, or any more. */
@Controller('cases/:id/contacts')
export class PartyContactsController {
  constructor(private readonly contacts: PartyContactsService) {}

  @Put()
  @HttpCode(204)
  take(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: TakeContact }) taken: TakeContact) {
    return this.contacts.takeDown(actor, id, taken);
  }
}
