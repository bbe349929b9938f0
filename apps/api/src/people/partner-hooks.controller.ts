import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, SerializeOptions } from '@nestjs/common';
import { type Actor, HookCall, Id, MadePartnerHook, MakePartnerHook, PartnerHookRow } from '#contract';
import { PartnerHooksService } from '#partners';
import { CurrentActor } from '../http/asker.js';

/** Where partners' systems are told of facts, and what became of each call. */
@Controller('partner-hooks')
export class PartnerHooksController {
  constructor(private readonly hooks: PartnerHooksService) {}

  @Get()
  @SerializeOptions({ schema: PartnerHookRow })
  list(@CurrentActor() actor: Actor) {
    return this.hooks.list(actor);
  }

  @Post()
  @SerializeOptions({ schema: MadePartnerHook })
  make(@CurrentActor() actor: Actor, @Body({ schema: MakePartnerHook }) asked: MakePartnerHook) {
    return this.hooks.make(actor, asked);
  }

  @Delete(':id')
  @HttpCode(204)
  end(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.hooks.end(actor, id);
  }

  @Get(':id/calls')
  @SerializeOptions({ schema: HookCall })
  calls(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.hooks.calls(actor, id);
  }

  @Put(':id/retries')
  @SerializeOptions({ schema: HookCall })
  tryAgain(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.hooks.tryAgain(actor, id);
  }
}
