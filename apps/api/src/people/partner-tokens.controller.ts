import { Body, Controller, Delete, Get, HttpCode, Param, Post, SerializeOptions } from '@nestjs/common';
import { type Actor, Id, MadePartnerToken, MakePartnerToken, PartnerTokenRow } from '#contract';
import { PartnerTokensService } from '#people';
import { CurrentActor } from '../http/asker.js';

@Controller('partner-tokens')
export class PartnerTokensController {
  constructor(private readonly tokens: PartnerTokensService) {}

  @Get()
  @SerializeOptions({ schema: PartnerTokenRow })
  list(@CurrentActor() actor: Actor) {
    return this.tokens.list(actor);
  }

  @Post()
  @SerializeOptions({ schema: MadePartnerToken })
  make(@CurrentActor() actor: Actor, @Body({ schema: MakePartnerToken }) asked: MakePartnerToken) {
    return this.tokens.make(actor, asked);
  }

  @Delete(':id')
  @HttpCode(204)
  revoke(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.tokens.revoke(actor, id);
  }
}
