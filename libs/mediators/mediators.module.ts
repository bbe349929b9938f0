import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Mediator } from './mediator.entity.js';
import { MediatorsService } from './mediators.service.js';
import { RegisterEntryService } from './register-entry.service.js';
import { RelationsService } from './relations.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Mediator])],
  providers: [MediatorsService, RegisterEntryService, RelationsService],
  exports: [MediatorsService, RegisterEntryService, RelationsService],
})
export class MediatorsModule {}
