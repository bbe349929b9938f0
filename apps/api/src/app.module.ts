import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { PlatformModule } from '#platform';
import { CalendarApi } from './calendar/calendar.module.js';
import { CasesApi } from './cases/cases.module.js';
import { ComplaintsApi } from './complaints/complaints.module.js';
import { ConsultationsApi } from './consultations/consultations.module.js';
import { CouncilApi } from './council/council.module.js';
import { CourtApi } from './court/court.module.js';
import { FilesApi } from './files/files.module.js';
import { PortalApi } from './portal/portal.module.js';
import { ReportsApi } from './reports/reports.module.js';
import { HealthController } from './health/health.controller.js';
import { ActorGuard } from './http/actor.guard.js';
import { inputPipe } from './http/input.pipe.js';
import { RefusalFilter } from './http/refusal.filter.js';
import { ImportsApi } from './imports/imports.module.js';
import { InvitationsApi } from './invitations/invitations.module.js';
import { MeetingsApi } from './meetings/meetings.module.js';
import { MessageChecksApi } from './message-checks/message-checks.module.js';
import { NoticesApi } from './notices/notices.module.js';
import { OffersApi } from './offers/offers.module.js';
import { PapersApi } from './papers/papers.module.js';
import { PeopleApi } from './people/people.module.js';
import { ReferenceApi } from './reference/reference.module.js';
import { RoomsApi } from './rooms/rooms.module.js';
import { SafekeepingApi } from './safekeeping/safekeeping.module.js';
import { SessionsApi } from './sessions/sessions.module.js';
import { TrainingApi } from './training/training.module.js';
import { sources } from './sources.js';

@Module({
  imports: [
    PlatformModule,
    ...sources,
    PeopleApi,
    SessionsApi,
    RoomsApi,
    FilesApi,
    CalendarApi,
    MeetingsApi,
    CasesApi,
    InvitationsApi,
    ReferenceApi,
    OffersApi,
    PapersApi,
    ComplaintsApi,
    ConsultationsApi,
    CourtApi,
    CouncilApi,
    ImportsApi,
    ReportsApi,
    SafekeepingApi,
    PortalApi,
    TrainingApi,
    NoticesApi,
    MessageChecksApi,
  ],
  controllers: [HealthController],
  providers: [
    { provide: APP_GUARD, useClass: ActorGuard },
    { provide: APP_PIPE, useFactory: inputPipe },
    { provide: APP_FILTER, useClass: RefusalFilter },
  ],
})
export class AppModule {}
