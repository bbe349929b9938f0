import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { ReferenceController } from './reference.controller.js';

@Module({ imports: [CasesModule], controllers: [ReferenceController] })
export class ReferenceApi {}
