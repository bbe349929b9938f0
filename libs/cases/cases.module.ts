import { Module, type OnModuleInit } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { MediatorsModule } from '#mediators';
import { PeopleModule } from '#people';
import { Case } from './case.entity.js';
import { services } from './cases.services.js';
import { validateLifecycle } from './lifecycle.proof.js';

@Module({ imports: [TypeOrmModule.forFeature([Case]), MediatorsModule, PeopleModule], providers: services, exports: services })
export class CasesModule implements OnModuleInit {
  onModuleInit() {
    validateLifecycle();
  }
}
