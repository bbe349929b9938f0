import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, SerializeOptions } from '@nestjs/common';
import { ComplaintsService } from '#complaints';
import { type Actor, AnswerComplaint, ComplaintSubject, ComplaintView, Id, MakeComplaint } from '#contract';
import { CurrentActor } from '../http/asker.js';

/** Complaints about a mediator or the desk. */
@Controller('complaints')
export class ComplaintsController {
  constructor(private readonly complaints: ComplaintsService) {}

  @Get()
  @SerializeOptions({ schema: ComplaintView })
  list(@CurrentActor() actor: Actor) {
    return this.complaints.list(actor);
  }

  @Get('subjects')
  @SerializeOptions({ schema: ComplaintSubject })
  subjects(@CurrentActor() actor: Actor) {
    return this.complaints.subjects(actor);
  }

  @Post()
  @HttpCode(204)
  make(@CurrentActor() actor: Actor, @Body({ schema: MakeComplaint }) made: MakeComplaint) {
    return this.complaints.make(actor, made);
  }

  @Put(':id/answer')
  @HttpCode(204)
  answer(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: AnswerComplaint }) given: AnswerComplaint) {
    return this.complaints.answer(actor, id, given);
  }

  @Delete(':id')
  @HttpCode(204)
  withdraw(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.complaints.withdraw(actor, id);
  }
}
