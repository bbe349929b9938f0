import { Body, Controller, Delete, Get, Header, HttpCode, Param, Post, Put, Query, SerializeOptions } from '@nestjs/common';
import { z } from 'zod';
import {
  type Actor,
  EnrolmentAnswer,
  Id,
  IssueCertificates,
  Language,
  MarkAttendance,
  MoveTraining,
  MyTrainings,
  PlanTraining,
  TrainingPeople,
  TrainingView,
} from '#contract';
import { AttendanceService, EnrolmentsService, TrainingsService } from '#training';
import { CurrentActor, Public } from '../http/asker.js';

const FeedQuery = z.object({ language: Language.default('kk') });

/** Courses of mediators: announced to all, entered by mediators, kept by the desk. */
@Controller()
export class TrainingsController {
  constructor(
    private readonly trainings: TrainingsService,
    private readonly enrolments: EnrolmentsService,
    private readonly attendance: AttendanceService,
  ) {}

  @Public()
  @Get('trainings')
  @SerializeOptions({ schema: TrainingView })
  list() {
    return this.trainings.list();
  }

  @Public()
  @Get('training-feed')
  @Header('Content-Type', 'text/calendar; charset=utf-8')
  feed(@Query({ schema: FeedQuery }) { language }: z.infer<typeof FeedQuery>) {
    return this.trainings.feed(language);
  }

  @Get('people/me/trainings')
  @SerializeOptions({ schema: MyTrainings })
  mine(@CurrentActor() actor: Actor) {
    return this.enrolments.list(actor);
  }

  @Put('trainings/:id/enrolment')
  @SerializeOptions({ schema: EnrolmentAnswer })
  enrol(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.enrolments.enrol(actor, id);
  }

  @Delete('trainings/:id/enrolment')
  @HttpCode(204)
  leave(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.enrolments.leave(actor, id);
  }

  @Post('trainings')
  @HttpCode(204)
  plan(@CurrentActor() actor: Actor, @Body({ schema: PlanTraining }) asked: PlanTraining) {
    return this.trainings.plan(actor, asked);
  }

  @Put('trainings/:id/days')
  @HttpCode(204)
  move(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: MoveTraining }) asked: MoveTraining) {
    return this.trainings.move(actor, id, asked);
  }

  @Delete('trainings/:id')
  @HttpCode(204)
  cancel(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.trainings.cancel(actor, id);
  }

  @Get('trainings/:id/people')
  @SerializeOptions({ schema: TrainingPeople })
  people(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.attendance.read(actor, id);
  }

  @Put('trainings/:id/attendance')
  @HttpCode(204)
  mark(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: MarkAttendance }) marks: MarkAttendance) {
    return this.attendance.mark(actor, id, marks);
  }

  @Post('trainings/:id/certificates')
  @HttpCode(204)
  certify(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: IssueCertificates }) { personIds }: IssueCertificates,
  ) {
    return this.attendance.certify(actor, id, personIds);
  }
}
