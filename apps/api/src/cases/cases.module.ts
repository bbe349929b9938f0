import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { AnewController } from './anew.controller.js';
import { ApplicationsController } from './applications.controller.js';
import { AttorneysController } from './attorneys.controller.js';
import { BulkController } from './bulk.controller.js';
import { CasesController } from './cases.controller.js';
import { DeskController } from './desk.controller.js';
import { IntakePapersController } from './intake-papers.controller.js';
import { FilingsController } from './filings.controller.js';
import { LinksController } from './links.controller.js';
import { MovesController } from './moves.controller.js';
import { PartyContactsController } from './party-contacts.controller.js';
import { SafetyController } from './safety.controller.js';
import { ScreeningsController } from './screenings.controller.js';

@Module({
  imports: [CasesModule],
  controllers: [
    CasesController,
    DeskController,
    BulkController,
    IntakePapersController,
    ApplicationsController,
    FilingsController,
    AttorneysController,
    LinksController,
    MovesController,
    SafetyController,
    AnewController,
    PartyContactsController,
    ScreeningsController,
  ],
})
export class CasesApi {}
