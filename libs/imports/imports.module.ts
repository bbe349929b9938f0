import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { MediatorsModule } from '#mediators';
import { PeopleModule } from '#people';
import { TimesModule } from '#times';
import { CourtImports } from './court.imports.js';
import { HolidayImports } from './holiday.imports.js';
import { ImportsService } from './imports.service.js';
import { MediatorImports } from './mediator.imports.js';
import { ReferralImports } from './referral.imports.js';

@Module({
  imports: [CasesModule, MediatorsModule, PeopleModule, TimesModule],
  providers: [ImportsService, ReferralImports, MediatorImports, HolidayImports, CourtImports],
  exports: [ImportsService],
})
export class ImportsModule {}
