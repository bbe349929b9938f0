import { Module } from '@nestjs/common';
import { CodesService } from './codes.service.js';
import { HouseSessionsService } from './house-sessions.service.js';
import { SlipsService } from './slips.service.js';
import { OfficesService } from './offices.service.js';
import { PartnerTokensService } from './partner-tokens.service.js';
import { PeopleService } from './people.service.js';
import { SecondFactorService } from './second-factor.service.js';
import { SessionsService } from './sessions.service.js';
import { SignInService } from './sign-in.service.js';
import { StaffInvitationsService } from './staff-invitations.service.js';
import { Throttle } from './throttle.js';

const services = [
  CodesService,
  HouseSessionsService,
  SlipsService,
  OfficesService,
  PartnerTokensService,
  PeopleService,
  SecondFactorService,
  SessionsService,
  SignInService,
  StaffInvitationsService,
  Throttle,
];

@Module({ providers: services, exports: services })
export class PeopleModule {}
