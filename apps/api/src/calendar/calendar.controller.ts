import { Body, Controller, Delete, Get, Param, Post, Put, Query, SerializeOptions } from '@nestjs/common';
import { CalendarService, HoursFinder } from '#calendar';
import { type Actor, AnswerProposal, AskHours, CancelMeeting, CommonHours, Id, ProposeMeeting, Schedule } from '#contract';
import { CurrentActor } from '../http/asker.js';

const ById = { schema: Id };

@Controller()
@SerializeOptions({ schema: Schedule })
export class CalendarController {
  constructor(
    private readonly calendar: CalendarService,
    private readonly finder: HoursFinder,
  ) {}

  @Get('cases/:id/schedule')
  show(@CurrentActor() actor: Actor, @Param('id', ById) caseId: string) {
    return this.calendar.schedule(actor, caseId);
  }

  @Get('cases/:id/common-hours')
  @SerializeOptions({ schema: CommonHours })
  commonHours(@CurrentActor() actor: Actor, @Param('id', ById) caseId: string, @Query({ schema: AskHours }) asked: AskHours) {
    return this.finder.look(actor, caseId, asked);
  }

  @Post('cases/:id/proposals')
  propose(@CurrentActor() actor: Actor, @Param('id', ById) caseId: string, @Body({ schema: ProposeMeeting }) proposal: ProposeMeeting) {
    return this.calendar.propose(actor, caseId, proposal);
  }

  @Put('proposals/:id/answer')
  answer(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: AnswerProposal }) answer: AnswerProposal) {
    return this.calendar.answer(actor, id, answer.acceptedSlotIds);
  }

  @Delete('meetings/:id')
  cancel(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Query({ schema: CancelMeeting }) asked: CancelMeeting) {
    return this.calendar.cancel(actor, id, asked);
  }
}
