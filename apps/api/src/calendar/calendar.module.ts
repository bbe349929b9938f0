import { Module } from '@nestjs/common';
import { CalendarModule } from '#calendar';
import { TimesModule } from '#times';
import { CalendarController } from './calendar.controller.js';
import { FeedsController } from './feeds.controller.js';
import { TimesController } from './times.controller.js';

@Module({ imports: [CalendarModule, TimesModule], controllers: [CalendarController, FeedsController, TimesController] })
export class CalendarApi {}
