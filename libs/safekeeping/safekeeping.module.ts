import { Module } from '@nestjs/common';
import { CasesModule } from '#cases';
import { LooksService } from './looks.service.js';

const services = [LooksService];

@Module({ imports: [CasesModule], providers: services, exports: services })
export class SafekeepingModule {}
