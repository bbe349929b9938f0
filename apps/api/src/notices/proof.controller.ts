import { Body, Controller, HttpCode, Param, Post, StreamableFile } from '@nestjs/common';
import { type Actor, CertifyNotice, Id, LogCall } from '#contract';
import { ProofService } from '#notifications';
import { CurrentActor } from '../http/asker.js';

const ById = { schema: Id };

/** What the desk can show of how a side was told. */
@Controller('cases/:id')
export class ProofController {
  constructor(private readonly proof: ProofService) {}

  @Post('calls')
  @HttpCode(204)
  logCall(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: LogCall }) call: LogCall) {
    return this.proof.logCall(actor, id, call);
  }

  @Post('notice-certificates')
  async certify(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: CertifyNotice }) asked: CertifyNotice) {
    const { number, pdf } = await this.proof.certify(actor, id, asked);
    const disposition = `attachment; filename="${number}-${asked.side}.pdf"`;
    return new StreamableFile(pdf, { type: 'application/pdf', disposition, length: pdf.length });
  }
}
