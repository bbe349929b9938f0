import { Body, Controller, Delete, Get, Param, Post, Put, SerializeOptions } from '@nestjs/common';
import { CalendarService } from '#calendar';
import { type Actor, AnswerProposal, Id, ProposeMeeting, Schedule } from '#contract';
import { CurrentActor } from '../http/asker.js';

const ById = { schema: Id };

@Controller()
@SerializeOptions({ schema: Schedule })
export class CalendarController {
  constructor(private readonly calendar: CalendarService) {}

  @Get('cases/:id/schedule')
  show(@CurrentActor() actor: Actor, @Param('id', ById) caseId: string) {
    return this.calendar.schedule(actor, caseId);
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
  cancel(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.calendar.cancel(actor, id);
  }
}
