import { Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { Mediator } from './mediator.entity.js';
import { MediatorsService } from './mediators.service.js';
import { RelationsService } from './relations.service.js';

@Module({
  imports: [TypeOrmModule.forFeature([Mediator])],
  providers: [MediatorsService, RelationsService],
  exports: [MediatorsService, RelationsService],
})
export class MediatorsModule {}
