import { Body, Controller, Get, Put, SerializeOptions } from '@nestjs/common';
import { type Actor, NoticeSettings, SaveNoticeSettings } from '#contract';
import { NoticeSettingsService } from '#notifications';
import { CurrentActor } from '../http/asker.js';

/** What a person wants to hear of, and when. */
@Controller('notices/settings')
@SerializeOptions({ schema: NoticeSettings })
export class NoticeSettingsController {
  constructor(private readonly settings: NoticeSettingsService) {}

  @Get()
  read(@CurrentActor() actor: Actor) {
    return this.settings.read(actor);
  }

  @Put()
  save(@CurrentActor() actor: Actor, @Body({ schema: SaveNoticeSettings }) wanted: SaveNoticeSettings) {
    return this.settings.save(actor, wanted);
  }
}
