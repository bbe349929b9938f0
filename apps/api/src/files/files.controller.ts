import { Readable } from 'node:stream';
import { Body, Controller, Delete, Get, Headers, Param, Put, Res, SerializeOptions, StreamableFile } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { type Actor, FileList, FileView, Id, WidenFile } from '#contract';
import { FilesService, type Opened } from '#files';
import { CurrentActor } from '../http/asker.js';

const ById = { schema: Id };

/** Files as they are seen and taken away. What somebody else made is never opened as a page of ours. */
@Controller()
export class FilesController {
  constructor(private readonly files: FilesService) {}

  @Get('cases/:id/files')
  @SerializeOptions({ schema: FileList })
  ofCase(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.files.ofCase(actor, id);
  }

  @Get('rooms/:id/files')
  @SerializeOptions({ schema: FileList })
  ofRoom(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.files.ofRoom(actor, id);
  }

  @Get('files/:id')
  @SerializeOptions({ schema: FileView })
  show(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.files.read(actor, id);
  }

  @Get('files/:id/content')
  async content(
    @CurrentActor() actor: Actor,
    @Param('id', ById) id: string,
    @Headers('range') range: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const opened = await this.files.content(actor, id, range);
    const { from, to, whole } = opened;
    if (to - from + 1 < whole) void reply.status(206).header('content-range', `bytes ${from}-${to}/${whole}`);
    void reply.header('accept-ranges', 'bytes');
    return sent(reply, opened, `attachment; filename="file"; filename*=UTF-8''${encoded(opened.name)}`);
  }

  @Get('files/:id/preview')
  async preview(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    return sent(reply, await this.files.preview(actor, id), 'inline');
  }

  @Put('files/:id/audience')
  @SerializeOptions({ schema: FileView })
  widen(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: WidenFile }) wider: WidenFile) {
    return this.files.widen(actor, id, wider);
  }

  @Delete('files/:id')
  @SerializeOptions({ schema: FileView })
  remove(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.files.remove(actor, id);
  }
}

/** Nothing guesses what it is, nothing in it runs, nothing keeps it. */
function sent(reply: FastifyReply, { content, mediaType, from, to }: Opened, disposition: string): StreamableFile {
  void reply
    .header('cache-control', 'private, no-store')
    .header('x-content-type-options', 'nosniff')
    .header('content-security-policy', "default-src 'none'; sandbox")
    .header('cross-origin-resource-policy', 'same-origin');
  return new StreamableFile(Readable.from(content, { objectMode: false }), { type: mediaType, disposition, length: to - from + 1 });
}

/** RFC 8187: what a header may hold of a name. */
const encoded = (name: string) =>
  encodeURIComponent(name).replaceAll(/['()*]/g, (mark) => `%${mark.charCodeAt(0).toString(16).toUpperCase()}`);
