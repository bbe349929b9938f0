import { Controller, Get, HttpCode, Post, Query, Req, SerializeOptions } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type Actor, ImportPreview, ImportView, RegisterImportQuery } from '#contract';
import { ImportsService } from '#imports';
import { CurrentActor } from '../http/asker.js';
import { tableOf } from './imports.controller.js';

/** Tables of mediators, of days off, of courts. */
@Controller('register-imports')
export class RegisterImportsController {
  constructor(private readonly imports: ImportsService) {}

  @Get()
  @SerializeOptions({ schema: ImportView })
  list(@CurrentActor() actor: Actor, @Query({ schema: RegisterImportQuery }) { kind }: RegisterImportQuery) {
    return this.imports.list(actor, kind);
  }

  @Post('previews')
  @HttpCode(200)
  @SerializeOptions({ schema: ImportPreview })
  async preview(
    @CurrentActor() actor: Actor,
    @Query({ schema: RegisterImportQuery }) { kind }: RegisterImportQuery,
    @Req() request: FastifyRequest,
  ) {
    return this.imports.preview(actor, kind, await tableOf(this.imports.mayTakeIn(actor, kind), request));
  }

  @Post()
  @HttpCode(200)
  @SerializeOptions({ schema: ImportView })
  async apply(
    @CurrentActor() actor: Actor,
    @Query({ schema: RegisterImportQuery }) { kind }: RegisterImportQuery,
    @Req() request: FastifyRequest,
  ) {
    return this.imports.apply(actor, kind, await tableOf(this.imports.mayTakeIn(actor, kind), request));
  }
}
