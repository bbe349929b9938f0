import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { DraftsController } from './drafts.controller.js';
import { PapersController } from './papers.controller.js';

@Module({ imports: [CasesModule], controllers: [DraftsController, PapersController] })
export class PapersApi {}
