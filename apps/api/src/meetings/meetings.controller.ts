import { Body, Controller, Get, Param, Put, Query, SerializeOptions } from '@nestjs/common';
import { type Actor, Id, MeetingDay, MeetingsQuery, OwnMeeting, RecordAttendance, SteerMeeting } from '#contract';
import { AttendanceService, MeetingsService } from '#meetings';
import { CurrentActor } from '../http/asker.js';

const ById = { schema: Id };

@Controller('meetings')
@SerializeOptions({ schema: MeetingDay })
export class MeetingsController {
  constructor(
    private readonly meetings: MeetingsService,
    private readonly attendance: AttendanceService,
  ) {}

  @Get()
  @SerializeOptions({ schema: OwnMeeting }) // each row of the list by itself
  list(@CurrentActor() actor: Actor, @Query({ schema: MeetingsQuery }) query: MeetingsQuery) {
    return this.meetings.list(actor, query);
  }

  @Get(':id')
  show(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.meetings.show(actor, id);
  }

  @Put(':id/presence')
  beHere(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.meetings.beHere(actor, id);
  }

  @Put(':id/absence')
  excuse(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.meetings.excuse(actor, id);
  }

  @Put(':id/course')
  steer(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: SteerMeeting }) course: SteerMeeting) {
    return this.attendance.steer(actor, id, course);
  }

  @Put(':id/attendance')
  record(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: RecordAttendance }) attendance: RecordAttendance) {
    return this.attendance.record(actor, id, attendance);
  }
}
