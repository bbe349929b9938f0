import { Body, Controller, Delete, Get, HttpCode, Ip, Param, Post, Put, SerializeOptions } from '@nestjs/common';
import { ConfirmationsService, PapersService } from '#cases';
import { type Actor, CodeSent, ConfirmPaper, Id, PaperView } from '#contract';
import { networkOf } from '#people';
import { CurrentActor } from '../http/asker.js';

/** A contract or a settlement: read, frozen, let go, confirmed. */
@Controller('papers/:id')
@SerializeOptions({ schema: PaperView })
export class PapersController {
  constructor(
    private readonly papers: PapersService,
    private readonly confirmations: ConfirmationsService,
  ) {}

  @Get()
  show(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.papers.read(actor, id);
  }

  @Put('freezing')
  freeze(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.papers.freeze(actor, id);
  }

  @Delete()
  @HttpCode(204)
  abandon(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.papers.abandon(actor, id);
  }

  @Post('codes')
  @SerializeOptions({ schema: CodeSent })
  askCode(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Ip() ip: string) {
    return this.confirmations.askCode(actor, id, networkOf(ip));
  }

  @Put('confirmation')
  confirm(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ConfirmPaper }) shown: ConfirmPaper,
    @Ip() ip: string,
  ) {
    return this.confirmations.confirm(actor, id, shown, networkOf(ip));
  }
}
