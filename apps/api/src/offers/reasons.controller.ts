import { Controller, Get, Param, SerializeOptions } from '@nestjs/common';
import { AssignmentsService } from '#cases';
import { type Actor, AssignmentReplay, AssignmentView, Id, WhyMediator } from '#contract';
import { CurrentActor } from '../http/asker.js';

/** How mediators were chosen, and why this one. */
@Controller()
export class ReasonsController {
  constructor(private readonly assignments: AssignmentsService) {}

  @Get('cases/:id/assignments')
  @SerializeOptions({ schema: AssignmentView })
  list(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.assignments.list(actor, id);
  }

  @Get('assignments/:id/replay')
  @SerializeOptions({ schema: AssignmentReplay })
  replay(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.assignments.replay(actor, id);
  }

  @Get('cases/:id/mediator-reasons')
  @SerializeOptions({ schema: WhyMediator })
  why(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.assignments.why(actor, id);
  }
}
