import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { MediatorsModule } from '#mediators';
import { AssignmentsController } from './assignments.controller.js';
import { ChoosingsController } from './choosings.controller.js';
import { ConflictsController } from './conflicts.controller.js';
import { FairnessController } from './fairness.controller.js';
import { OffersController } from './offers.controller.js';
import { ReasonsController } from './reasons.controller.js';
import { RegisterEntryController } from './register-entry.controller.js';
import { RegisterController } from './register.controller.js';
import { RelationsController } from './relations.controller.js';

@Module({
  imports: [CasesModule, MediatorsModule],
  controllers: [
    AssignmentsController,
    ChoosingsController,
    ConflictsController,
    FairnessController,
    OffersController,
    ReasonsController,
    RegisterController,
    RegisterEntryController,
    RelationsController,
  ],
})
export class OffersApi {}
