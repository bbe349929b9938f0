import { Body, Controller, Delete, Get, Param, Put, SerializeOptions } from '@nestjs/common';
import {
  type Actor,
  Availability,
  AvailabilityView,
  Id,
  KeepResource,
  NameOutsideCalendar,
  OutsideCalendarView,
  ResourceView,
  WorkingHours,
} from '#contract';
import { AvailabilityService, OutsideCalendarsService, ResourcesService, WorkingHoursService } from '#times';
import { CurrentActor } from '../http/asker.js';

/** Who, and what, has time when: each his own; rooms and interpreters by the desk. */
@Controller()
export class TimesController {
  constructor(
    private readonly hours: WorkingHoursService,
    private readonly availability: AvailabilityService,
    private readonly resources: ResourcesService,
    private readonly outsideCalendars: OutsideCalendarsService,
  ) {}

  @Get('people/me/working-hours')
  @SerializeOptions({ schema: WorkingHours })
  workingHours(@CurrentActor() actor: Actor) {
    return this.hours.show(actor);
  }

  @Put('people/me/working-hours')
  @SerializeOptions({ schema: WorkingHours })
  keepWorkingHours(@CurrentActor() actor: Actor, @Body({ schema: WorkingHours }) hours: WorkingHours) {
    return this.hours.keep(actor, hours);
  }

  @Get('people/me/outside-calendar')
  @SerializeOptions({ schema: OutsideCalendarView })
  outside(@CurrentActor() actor: Actor) {
    return this.outsideCalendars.show(actor);
  }

  @Put('people/me/outside-calendar')
  @SerializeOptions({ schema: OutsideCalendarView })
  nameOutside(@CurrentActor() actor: Actor, @Body({ schema: NameOutsideCalendar }) named: NameOutsideCalendar) {
    return this.outsideCalendars.name(actor, named);
  }

  @Delete('people/me/outside-calendar')
  @SerializeOptions({ schema: OutsideCalendarView })
  forgetOutside(@CurrentActor() actor: Actor) {
    return this.outsideCalendars.forget(actor);
  }

  @Get('people/me/availability')
  @SerializeOptions({ schema: AvailabilityView })
  times(@CurrentActor() actor: Actor) {
    return this.availability.show(actor);
  }

  @Put('people/me/availability')
  @SerializeOptions({ schema: AvailabilityView })
  keepTimes(@CurrentActor() actor: Actor, @Body({ schema: Availability }) said: Availability) {
    return this.availability.keep(actor, said);
  }

  @Get('resources')
  @SerializeOptions({ schema: ResourceView }) // each row of the list by itself
  list(@CurrentActor() actor: Actor) {
    return this.resources.list(actor);
  }

  @Put('resources/:id')
  @SerializeOptions({ schema: ResourceView })
  keepResource(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: KeepResource }) resource: KeepResource,
  ) {
    return this.resources.keep(actor, id, resource);
  }
}
