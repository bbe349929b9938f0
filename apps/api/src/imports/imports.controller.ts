import { Readable } from 'node:stream';
import { Controller, Get, HttpCode, Param, Post, Put, Req, SerializeOptions } from '@nestjs/common';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { type Actor, Id, importLimits, ImportPreview, ImportView } from '#contract';
import { ImportsService } from '#imports';
import { DomainError } from '#platform';
import { CurrentActor } from '../http/asker.js';

const types = ['text/csv', 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'];
/** A table is read only once it is known who sends it. */
export const takeTables = (server: FastifyInstance) => server.addContentTypeParser(types, (_, payload, done) => done(null, payload));

/** Tables of court referrals: what would happen, the next batch, taken back again. */
@Controller('imports')
export class ImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Get()
  @SerializeOptions({ schema: ImportView })
  list(@CurrentActor() actor: Actor) {
    return this.imports.list(actor, 'referrals');
  }

  @Post('previews')
  @HttpCode(200)
  @SerializeOptions({ schema: ImportPreview })
  async preview(@CurrentActor() actor: Actor, @Req() request: FastifyRequest) {
    return this.imports.preview(actor, 'referrals', await tableOf(this.imports.mayTakeIn(actor, 'referrals'), request));
  }

  @Post()
  @HttpCode(200)
  @SerializeOptions({ schema: ImportView })
  async apply(@CurrentActor() actor: Actor, @Req() request: FastifyRequest) {
    return this.imports.apply(actor, 'referrals', await tableOf(this.imports.mayTakeIn(actor, 'referrals'), request));
  }

  /** Of whichever kind: who may take one in may take it back. */
  @Put(':id/undoing')
  @SerializeOptions({ schema: ImportView })
  undo(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.imports.undo(actor, id);
  }
}

/** Nothing of a body is read for who may not send it. */
export async function tableOf(mayTakeIn: boolean, { body }: FastifyRequest): Promise<Buffer> {
  if (!mayTakeIn) throw new DomainError('not_found');
  if (!(body instanceof Readable)) throw new DomainError('import.unreadable');
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of body as AsyncIterable<Buffer>) {
    bytes += part.length;
    if (bytes <= importLimits.bytes) parts.push(part); // the rest is read past: a connection cut in the middle would tell nobody why
  }
  if (bytes > importLimits.bytes) throw new DomainError('file.too_large');
  return Buffer.concat(parts);
}
