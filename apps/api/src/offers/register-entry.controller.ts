import { Body, Controller, Get, HttpCode, Put, SerializeOptions } from '@nestjs/common';
import { type Actor, RegisterEntry, SetCapacity, SetPublication } from '#contract';
import { RegisterEntryService } from '#mediators';
import { CurrentActor } from '../http/asker.js';

/** The register's row of the mediator who asks, and whether he is listed publicly. */
@Controller('people/me')
export class RegisterEntryController {
  constructor(private readonly entries: RegisterEntryService) {}

  @Get('register-entry')
  @SerializeOptions({ schema: RegisterEntry })
  read(@CurrentActor() actor: Actor) {
    return this.entries.read(actor);
  }

  @Put('capacity')
  @HttpCode(204)
  carry(@CurrentActor() actor: Actor, @Body({ schema: SetCapacity }) { capacity }: SetCapacity) {
    return this.entries.setCapacity(actor, capacity);
  }

  @Put('publication')
  @HttpCode(204)
  publish(@CurrentActor() actor: Actor, @Body({ schema: SetPublication }) { published }: SetPublication) {
    return this.entries.setPublished(actor, published);
  }
}
