import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { PeopleModule } from '#people';
import { CertificateReminders } from './certificate.reminders.js';
import { FairnessService } from './fairness.service.js';
import { Mediator } from './mediator.entity.js';
import { MediatorsService } from './mediators.service.js';
import { RegisterEntryService } from './register-entry.service.js';
import { RegisterReader } from './register.reader.js';
import { RegisterService } from './register.service.js';
import { RelationsService } from './relations.service.js';

const services = [
  CertificateReminders,
  FairnessService,
  MediatorsService,
  RegisterEntryService,
  RegisterReader,
  RegisterService,
  RelationsService,
];

@Module({ imports: [TypeOrmModule.forFeature([Mediator]), PeopleModule], providers: services, exports: services })
export class MediatorsModule {}
