import { Controller, Get, Header, HttpCode, Param, Post, SerializeOptions, StreamableFile } from '@nestjs/common';
import { type Actor, AuditReport, AuditRoot, Id } from '#contract';
import { AuditService } from '#oversight';
import { CurrentActor, Public } from '../http/asker.js';

const ById = { schema: Id };

/** Roots of days, for everybody; and the chain of a case's facts, checked and given out. */
@Controller()
export class AuditController {
  constructor(private readonly audit: AuditService) {}

  @Public()
  @Get('audit-roots')
  @SerializeOptions({ schema: AuditRoot })
  roots() {
    return this.audit.roots();
  }

  @Get('cases/:id/audit')
  @SerializeOptions({ schema: AuditReport })
  check(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.audit.check(actor, id);
  }

  @Post('cases/:id/audit-exports')
  @HttpCode(200)
  @Header('cache-control', 'private, no-store')
  async export(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    const made = await this.audit.export(actor, id);
    const bytes = new TextEncoder().encode(`${JSON.stringify(made, null, 1)}\n`);
    return new StreamableFile(bytes, {
      type: 'application/json',
      disposition: `attachment; filename="${made.number}-audit.json"`,
      length: bytes.length,
    });
  }
}
