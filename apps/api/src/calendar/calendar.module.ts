import { Module } from '@nestjs/common';
import { CalendarModule } from '#calendar';
import { TimesModule } from '#times';
import { CalendarController } from './calendar.controller.js';
import { TimesController } from './times.controller.js';

@Module({ imports: [CalendarModule, TimesModule], controllers: [CalendarController, TimesController] })
export class CalendarApi {}
