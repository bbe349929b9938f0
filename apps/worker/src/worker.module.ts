import { Module } from '@nestjs/common';
import { CalendarModule } from '#calendar';
import { CasesModule } from '#cases';
import { ComplaintsModule } from '#complaints';
import { ConsultationsModule } from '#consultations';
import { StorageModule } from '#files';
import { MediatorsModule } from '#mediators';
import { MeetingsModule } from '#meetings';
import { DeliveryModule } from '#notifications';
import { OversightModule } from '#oversight';
import { CouncilModule } from '#council';
import { SafekeepingModule } from '#safekeeping';
import { PartnerCallsModule } from '#partners';
import { PlatformModule } from '#platform';
import { TimesModule } from '#times';
import { TrainingModule } from '#training';
import { Cleaner } from './cleaner.js';
import { Ear } from './ear.js';
import { Hints } from './hints.js';
import { Metrics } from './metrics.js';
import { Processors } from './processors.js';
import { Queues } from './queues.js';
import { redisProvider } from './redis.js';
import { Relay } from './relay.js';
import { Schedules } from './schedules.js';
import { source } from './sources.js';

@Module({
  imports: [
    PlatformModule,
    source,
    CasesModule,
    CalendarModule,
    ComplaintsModule,
    ConsultationsModule,
    MediatorsModule,
    MeetingsModule,
    TimesModule,
    TrainingModule,
    OversightModule,
    SafekeepingModule,
    CouncilModule,
    DeliveryModule,
    StorageModule,
    PartnerCallsModule,
  ],
  providers: [redisProvider, Queues, Hints, Relay, Ear, Processors, Cleaner, Schedules, Metrics],
})
export class WorkerModule {}
