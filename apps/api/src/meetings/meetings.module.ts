import { Module } from '@nestjs/common';
import { MeetingsModule } from '#meetings';
import { MeetingsController } from './meetings.controller.js';

@Module({ imports: [MeetingsModule], controllers: [MeetingsController] })
export class MeetingsApi {}
