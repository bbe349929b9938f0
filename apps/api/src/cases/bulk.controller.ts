import { Body, Controller, HttpCode, Post, SerializeOptions } from '@nestjs/common';
import { BulkService } from '#cases';
import { type Actor, BulkAsk, BulkDo, BulkDone, BulkPreview } from '#contract';
import { CurrentActor } from '../http/asker.js';

/** One act for many cases: first looked at, then done. */
@Controller('desk')
export class BulkController {
  constructor(private readonly bulk: BulkService) {}

  @Post('previews')
  @HttpCode(200)
  @SerializeOptions({ schema: BulkPreview })
  preview(@CurrentActor() actor: Actor, @Body({ schema: BulkAsk }) asked: BulkAsk) {
    return this.bulk.preview(actor, asked);
  }

  @Post('acts')
  @HttpCode(200)
  @SerializeOptions({ schema: BulkDone.element })
  act(@CurrentActor() actor: Actor, @Body({ schema: BulkDo }) asked: BulkDo) {
    return this.bulk.act(actor, asked);
  }
}
