import { Body, Controller, Header, HttpCode, Post, StreamableFile } from '@nestjs/common';
import { type Actor, ExportJournal } from '#contract';
import { JournalService } from '#oversight';
import { CurrentActor } from '../http/asker.js';

/** A mediator's journal of his own cases, as a file. */
@Controller('people/me')
export class JournalController {
  constructor(private readonly journal: JournalService) {}

  @Post('journal-exports')
  @HttpCode(200)
  @Header('cache-control', 'private, no-store')
  async export(@CurrentActor() actor: Actor, @Body({ schema: ExportJournal }) asked: ExportJournal) {
    const { name, bytes } = await this.journal.export(actor, asked);
    return new StreamableFile(bytes, {
      type: 'text/csv; charset=utf-8',
      disposition: `attachment; filename="${name}"`,
      length: bytes.length,
    });
  }
}
