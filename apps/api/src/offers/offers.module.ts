import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { AssignmentsController } from './assignments.controller.js';
import { OffersController } from './offers.controller.js';

@Module({ imports: [CasesModule], controllers: [AssignmentsController, OffersController] })
export class OffersApi {}
