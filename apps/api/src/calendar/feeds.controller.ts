import { Controller, Delete, Get, Header, Param, Post, SerializeOptions } from '@nestjs/common';
import { z } from 'zod';
import { FeedsService } from '#calendar';
import { type Actor, FeedAddress, FeedView } from '#contract';
import { CurrentActor, Public } from '../http/asker.js';

/** One's own meetings, for other calendar programs. */
@Controller()
export class FeedsController {
  constructor(private readonly feeds: FeedsService) {}

  @Get('people/me/calendar-feed')
  @SerializeOptions({ schema: FeedView })
  show(@CurrentActor() actor: Actor) {
    return this.feeds.show(actor);
  }

  @Post('people/me/calendar-feed')
  @SerializeOptions({ schema: FeedAddress })
  open(@CurrentActor() actor: Actor) {
    return this.feeds.open(actor);
  }

  @Delete('people/me/calendar-feed')
  @SerializeOptions({ schema: FeedView })
  revoke(@CurrentActor() actor: Actor) {
    return this.feeds.revoke(actor);
  }

  @Public()
  @Get('calendar-feeds/:id')
  @Header('Content-Type', 'text/calendar; charset=utf-8')
  @Header('Cache-Control', 'private, no-store')
  @SerializeOptions({ schema: z.string() })
  read(@Param('id', { schema: z.string().max(100) }) id: string) {
    return this.feeds.read(id);
  }
}
