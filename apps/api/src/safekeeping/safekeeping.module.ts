import { Module } from '@nestjs/common';
import { SafekeepingModule } from '#safekeeping';
import { LooksController } from './looks.controller.js';
import { OpeningsController } from './openings.controller.js';

@Module({ imports: [SafekeepingModule], controllers: [LooksController, OpeningsController] })
export class SafekeepingApi {}
