import { Body, Controller, Get, Param, Post, Put, SerializeOptions } from '@nestjs/common';
import { ConsultationsService, DutiesService } from '#consultations';
import {
  type Actor,
  AnswerDraft,
  AskConsultation,
  ConsultationHours,
  Consultations,
  ConsultationView,
  DraftOffer,
  EndConsultation,
  Id,
} from '#contract';
import { CurrentActor, Public } from '../http/asker.js';

const ById = { schema: Id };

/** A question to a mediator on duty. Answers hold words of a room, so no act here keeps its answer under an Idempotency-Key. */
@Controller()
export class ConsultationsController {
  constructor(
    private readonly consultations: ConsultationsService,
    private readonly duties: DutiesService,
  ) {}

  @Public()
  @Get('consultation-hours')
  @SerializeOptions({ schema: ConsultationHours })
  hours(@CurrentActor() actor: Actor) {
    return this.duties.hours(actor);
  }

  @Get('consultations')
  @SerializeOptions({ schema: Consultations })
  list(@CurrentActor() actor: Actor) {
    return this.consultations.list(actor);
  }

  @Post('consultations')
  @SerializeOptions({ schema: ConsultationView })
  ask(@CurrentActor() actor: Actor, @Body({ schema: AskConsultation }) asked: AskConsultation) {
    return this.consultations.ask(actor, asked);
  }

  @Get('consultations/:id')
  @SerializeOptions({ schema: ConsultationView })
  show(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.consultations.read(actor, id);
  }

  @Put('consultations/:id/taking')
  @SerializeOptions({ schema: ConsultationView })
  take(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.consultations.take(actor, id);
  }

  @Put('consultations/:id/draft')
  @SerializeOptions({ schema: ConsultationView })
  offer(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: DraftOffer }) draft: DraftOffer) {
    return this.consultations.offerDraft(actor, id, draft);
  }

  @Put('consultations/:id/draft-answer')
  @SerializeOptions({ schema: ConsultationView })
  answer(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: AnswerDraft }) { agrees }: AnswerDraft) {
    return this.consultations.answerDraft(actor, id, agrees);
  }

  @Put('consultations/:id/ending')
  @SerializeOptions({ schema: ConsultationView })
  end(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: EndConsultation }) ending: EndConsultation) {
    return this.consultations.end(actor, id, ending);
  }
}
