import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PeopleModule } from '#people';
import { ApplicationService } from './application.service.js';
import { Case } from './case.entity.js';
import { CaseEffects } from './case.effects.js';
import { CasesService } from './cases.service.js';
import { FilingService } from './filing.service.js';
import { InvitationAnswersService } from './invitation.answers.service.js';
import { InvitationsService } from './invitations.service.js';
import { validateLifecycle } from './lifecycle.proof.js';
import { ScreeningService } from './screening.service.js';

const services = [
  ApplicationService,
  CaseEffects,
  CasesService,
  FilingService,
  InvitationAnswersService,
  InvitationsService,
  ScreeningService,
];

@Module({ imports: [TypeOrmModule.forFeature([Case]), PeopleModule], providers: services, exports: services })
export class CasesModule implements OnModuleInit {
  onModuleInit() {
    validateLifecycle();
  }
}
