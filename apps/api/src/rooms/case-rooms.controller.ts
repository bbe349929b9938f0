import { Body, Controller, Get, Header, HttpCode, Param, Post, Put, SerializeOptions, StreamableFile } from '@nestjs/common';
import { type Actor, CaseExport, FoundMessages, Id, NoteView, SearchMessages, WriteNote } from '#contract';
import { NotesService, RoomExports, RoomRecords, RoomSearch } from '#rooms';
import { CurrentActor } from '../http/asker.js';

const ById = { schema: Id };

/** What one does with all of one's own rooms of a case: look through them, take them away; and a mediator's notes beside them. */
@Controller('cases/:id')
export class CaseRoomsController {
  constructor(
    private readonly searches: RoomSearch,
    private readonly exports: RoomExports,
    private readonly records: RoomRecords,
    private readonly notes: NotesService,
  ) {}

  /** Asked by POST: what somebody looks for stands in no address and no log. */
  @Post('message-searches')
  @HttpCode(200)
  @SerializeOptions({ schema: FoundMessages })
  search(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: SearchMessages }) asked: SearchMessages) {
    return this.searches.search(actor, id, asked);
  }

  @Get('room-export')
  @SerializeOptions({ schema: CaseExport })
  take(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.exports.take(actor, id);
  }

  /** The same as a paper to read. */
  @Get('room-record')
  @Header('cache-control', 'private, no-store')
  async print(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    const { name, pdf } = await this.records.print(actor, id);
    return new StreamableFile(pdf, { type: 'application/pdf', disposition: `attachment; filename="${name}"`, length: pdf.length });
  }

  @Get('notes')
  @SerializeOptions({ schema: NoteView })
  list(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.notes.list(actor, id);
  }

  @Put('notes')
  @SerializeOptions({ schema: NoteView })
  write(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: WriteNote }) note: WriteNote) {
    return this.notes.write(actor, id, note);
  }
}
