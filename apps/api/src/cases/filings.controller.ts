import { Body, Controller, HttpCode, Ip, Param, Post, Put, SerializeOptions } from '@nestjs/common';
import { CasesService, DeskFilingService, toCaseView } from '#cases';
import { type Actor, AskFilingCode, CaseView, CodeSent, ConfirmFiling, Id } from '#contract';
import { networkOf } from '#people';
import { CurrentActor } from '../http/asker.js';
import { DoneOnce } from '../http/once.interceptor.js';

/** The desk's door: what an operator wrote down, confirmed by the citizen with a code. */
@Controller('cases/:id')
export class FilingsController {
  constructor(
    private readonly filings: DeskFilingService,
    private readonly cases: CasesService,
  ) {}

  @Post('filing-codes')
  @SerializeOptions({ schema: CodeSent })
  askCode(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: AskFilingCode }) asked: AskFilingCode,
    @Ip() ip: string,
  ) {
    return this.filings.askCode(actor, id, asked, { network: networkOf(ip) });
  }

  @Put('filing')
  @HttpCode(200)
  @DoneOnce()
  @SerializeOptions({ schema: CaseView })
  async confirm(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ConfirmFiling }) shown: ConfirmFiling,
    @Ip() ip: string,
  ) {
    await this.filings.confirm(actor, id, shown, { network: networkOf(ip) });
    return toCaseView(await this.cases.read(actor, id), actor);
  }
}
