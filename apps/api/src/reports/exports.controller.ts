import { Body, Controller, Get, Header, HttpCode, Param, Post, SerializeOptions, StreamableFile } from '@nestjs/common';
import { type Actor, AskExport, ExportView, Id } from '#contract';
import { ExportsService } from '#oversight';
import { CurrentActor } from '../http/asker.js';

const ById = { schema: Id };

/** Files that take longer: asked for, looked after, fetched while they last. */
@Controller('exports')
export class ExportsController {
  constructor(private readonly exports: ExportsService) {}

  @Get()
  @SerializeOptions({ schema: ExportView })
  list(@CurrentActor() actor: Actor) {
    return this.exports.list(actor);
  }

  @Post()
  @HttpCode(202)
  @SerializeOptions({ schema: ExportView })
  ask(@CurrentActor() actor: Actor, @Body({ schema: AskExport }) asked: AskExport) {
    return this.exports.ask(actor, asked);
  }

  @Get(':id/file')
  @Header('cache-control', 'private, no-store')
  async file(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    const { name, type, bytes } = await this.exports.file(actor, id);
    return new StreamableFile(bytes, { type, disposition: `attachment; filename="${name}"`, length: bytes.length });
  }
}
