import { Body, Controller, HttpCode, Ip, Param, Post, Put, SerializeOptions } from '@nestjs/common';
import { CasesService, DeskFilingService, ResumptionsService, toCaseView } from '#cases';
import { type Actor, AskFilingCode, CaseView, CodeSent, ConfirmFiling, Id } from '#contract';
import { networkOf } from '#people';
import { CurrentActor } from '../http/asker.js';
import { DoneOnce } from '../http/once.interceptor.js';

/** Codes for who applies: to go on elsewhere; and at the desk's door, to confirm what an operator wrote down. */
@Controller('cases/:id')
export class FilingsController {
  constructor(
    private readonly filings: DeskFilingService,
    private readonly cases: CasesService,
    private readonly resumptions: ResumptionsService,
  ) {}

  /** The code goes to the applicant's own contact; its id is half of the link that the page shows. */
  @Post('resumptions')
  @SerializeOptions({ schema: CodeSent })
  resume(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Ip() ip: string) {
    return this.resumptions.issue(actor, id, networkOf(ip));
  }

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
