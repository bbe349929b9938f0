import { Controller, Headers, HttpCode, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { BouncesService } from '#notifications';
import { Public } from '../http/asker.js';

/** Where mail providers tell what became of a mail. */
@Controller('bounces')
@Public()
export class BouncesController {
  constructor(private readonly bounces: BouncesService) {}

  @Post(':provider')
  @HttpCode(204)
  take(
    @Param('provider') provider: string,
    @Headers('webhook-id') id = '',
    @Headers('webhook-timestamp') timestamp = '',
    @Headers('webhook-signature') signature = '',
    @Req() request: FastifyRequest & { untouched?: Buffer },
  ) {
    return this.bounces.take(provider, { id, timestamp, signature, body: request.untouched ?? Buffer.alloc(0) });
  }
}
