import { Module } from '@nestjs/common';
import { MeetingsModule } from '#meetings';
import { DiaryController } from './diary.controller.js';
import { MeetingsController } from './meetings.controller.js';

@Module({ imports: [MeetingsModule], controllers: [MeetingsController, DiaryController] })
export class MeetingsApi {}
