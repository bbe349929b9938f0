import { Controller, Get, Query, SerializeOptions } from '@nestjs/common';
import { type Actor, DiaryEntry, MeetingsQuery } from '#contract';
import { DiaryService } from '#meetings';
import { CurrentActor } from '../http/asker.js';

@Controller('desk/diary')
@SerializeOptions({ schema: DiaryEntry }) // each row of the list by itself
export class DiaryController {
  constructor(private readonly diary: DiaryService) {}

  @Get()
  read(@CurrentActor() actor: Actor, @Query({ schema: MeetingsQuery }) query: MeetingsQuery) {
    return this.diary.read(actor, query);
  }
}
