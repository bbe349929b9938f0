import { Body, Controller, Get, HttpCode, Put, Query, SerializeOptions } from '@nestjs/common';
import { type Actor, MarkNoticesRead, NoticePage, Page } from '#contract';
import { NoticesService } from '#notifications';
import { CurrentActor } from '../http/asker.js';

/** A person's own centre. */
@Controller('notices')
export class NoticesController {
  constructor(private readonly notices: NoticesService) {}

  @Get()
  @SerializeOptions({ schema: NoticePage })
  list(@CurrentActor() actor: Actor, @Query({ schema: Page }) page: Page) {
    return this.notices.list(actor, page);
  }

  @Put('read-mark')
  @HttpCode(204)
  markRead(@CurrentActor() actor: Actor, @Body({ schema: MarkNoticesRead }) { upTo }: MarkNoticesRead) {
    return this.notices.markRead(actor, upTo);
  }
}
