import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { OversightModule } from '#oversight';
import { CourtActsController } from './acts.controller.js';
import { CourtController } from './court.controller.js';
import { ReferralsController } from './referrals.controller.js';

@Module({ imports: [CasesModule, OversightModule], controllers: [CourtController, CourtActsController, ReferralsController] })
export class CourtApi {}
