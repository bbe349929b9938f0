import type { Readable } from 'node:stream';
import { Controller, Delete, Get, Head, HttpCode, Param, Patch, Post, Req, Res, SerializeOptions } from '@nestjs/common';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, fileLimits, Id, StartUpload, UploadView } from '#contract';
import { UploadsService } from '#files';
import { DomainError } from '#platform';
import { CurrentActor } from '../http/asker.js';
import { badInput } from '../http/input.pipe.js';

const ById = { schema: Id };
const [version, offsetStream] = ['1.0.0', 'application/offset+octet-stream'];

/** The bytes of an upload are handed on as they come. */
export const takeFiles = (server: FastifyInstance) => server.addContentTypeParser(offsetStream, (_, payload, done) => done(null, payload));

/** Files arrive by the tus protocol 1.0 (core, creation, termination): an upload that was cut goes on where it stopped. */
@Controller('uploads')
export class UploadsController {
  constructor(private readonly uploads: UploadsService) {}

  @Post()
  async start(@CurrentActor() actor: Actor, @Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply) {
    const { id, received, expiresAt } = await this.uploads.start(actor, askedBy(request));
    void reply.header('location', `/api/uploads/${id}`).header('tus-max-size', fileLimits.bytes);
    if (expiresAt) void reply.header('upload-expires', expiresAt.toUTCString());
    answer(reply, received);
  }

  /** Before GET: Fastify would make one of its own. */
  @Head(':id')
  async progress(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Res({ passthrough: true }) reply: FastifyReply) {
    const { received, bytes } = await this.uploads.progress(actor, id);
    void reply.header('upload-length', bytes);
    answer(reply, received);
  }

  @Get(':id')
  @SerializeOptions({ schema: UploadView })
  show(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.uploads.show(actor, id);
  }

  @Patch(':id')
  @HttpCode(204)
  async receive(
    @CurrentActor() actor: Actor,
    @Param('id', ById) id: string,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    await this.uploads.progress(actor, id); // absence first, whatever else is wrong with it
    if (request.headers['content-type'] !== offsetStream) throw new DomainError('invalid', { fields: { 'content-type': 'invalid' } });
    answer(reply, await this.uploads.receive(actor, id, wholeNumber(request, 'upload-offset'), request.body as Readable));
  }

  @Delete(':id')
  @HttpCode(204)
  abandon(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.uploads.abandon(actor, id);
  }
}

const answer = (reply: FastifyReply, received: number) => void reply.header('tus-resumable', version).header('upload-offset', received);

function wholeNumber({ headers }: FastifyRequest, name: string): number {
  const value = headers[name];
  if (typeof value !== 'string' || !/^\d{1,15}$/.test(value)) throw new DomainError('invalid', { fields: { [name]: 'invalid' } });
  return Number(value);
}

/** `Upload-Metadata: name base64,sha256 base64,…` */
function askedBy(request: FastifyRequest): StartUpload {
  const pairs = String(request.headers['upload-metadata'] ?? '')
    .split(',')
    .map((pair) => pair.trim().split(' '))
    .map(([name = '', value = '']) => [name, Buffer.from(value, 'base64').toString('utf8')]);
  const parsed = StartUpload.safeParse({ ...Object.fromEntries(pairs), bytes: wholeNumber(request, 'upload-length') });
  if (!parsed.success) throw badInput(parsed.error.issues);
  return parsed.data;
}
