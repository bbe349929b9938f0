import { Module } from '@nestjs/common';
import { SafekeepingModule } from '#safekeeping';
import { LooksController } from './looks.controller.js';

@Module({ imports: [SafekeepingModule], controllers: [LooksController] })
export class SafekeepingApi {}
