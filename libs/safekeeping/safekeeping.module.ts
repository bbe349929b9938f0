import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { LooksService } from './looks.service.js';
import { OpeningsService } from './openings.service.js';

const services = [LooksService, OpeningsService];

@Module({ imports: [CasesModule], providers: services, exports: services })
export class SafekeepingModule {}
