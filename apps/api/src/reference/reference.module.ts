import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { ReferenceController } from './reference.controller.js';
import { ScreeningRulesController } from './screening-rules.controller.js';

@Module({ imports: [CasesModule], controllers: [ReferenceController, ScreeningRulesController] })
export class ReferenceApi {}
