import { Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD, APP_PIPE } from '@nestjs/core';
import { PlatformModule } from '#platform';
import { HealthController } from './health/health.controller.js';
import { ActorGuard } from './http/actor.guard.js';
import { inputPipe } from './http/input.pipe.js';
import { RefusalFilter } from './http/refusal.filter.js';
import { RoomsApi } from './rooms/rooms.module.js';
import { sources } from './sources.js';

@Module({
  imports: [PlatformModule, ...sources, RoomsApi],
  controllers: [HealthController],
  providers: [
    { provide: APP_GUARD, useClass: ActorGuard },
    { provide: APP_PIPE, useFactory: inputPipe },
    { provide: APP_FILTER, useClass: RefusalFilter },
  ],
})
export class AppModule {}
