import { Module } from '@nestjs/common';
import { AvailabilityService } from './availability.service.js';
import { ResourcesService } from './resources.service.js';
import { WorkingHoursService } from './working-hours.service.js';

@Module({
  providers: [AvailabilityService, ResourcesService, WorkingHoursService],
  exports: [AvailabilityService, ResourcesService, WorkingHoursService],
})
export class TimesModule {}
