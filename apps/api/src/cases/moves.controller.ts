import { Body, Controller, HttpCode, Param, Post, SerializeOptions } from '@nestjs/common';
import { type CaseFacts, CasesService, EndingsService, FilingService, InvitationsService, SettlingAnewService, toCaseView } from '#cases';
import { type Actor, CaseView, Id, MoveCase } from '#contract';
import { CurrentActor } from '../http/asker.js';
import { DoneOnce } from '../http/once.interceptor.js';

type Act = (actor: Actor, caseId: string, said: MoveCase) => Promise<CaseFacts | null | void>;

/** Moves that need nothing but the case and, at an end, a ground. */
@Controller('cases/:id/moves')
export class MovesController {
  private readonly acts: Record<MoveCase['action'], Act>;

  constructor(
    private readonly cases: CasesService,
    filing: FilingService,
    invitations: InvitationsService,
    endings: EndingsService,
    anew: SettlingAnewService,
  ) {
    this.acts = {
      submit: (actor, id) => filing.file(actor, id, 'submit'),
      resubmit: (actor, id) => filing.file(actor, id, 'resubmit'),
      reinvite: (actor, id) => invitations.reinvite(actor, id),
      withdraw: (actor, id, said) => endings.withdraw(actor, id, said),
      decline: (actor, id, said) => endings.decline(actor, id, said),
      terminate: (actor, id, said) => endings.terminate(actor, id, said),
      close: (actor, id) => endings.close(actor, id),
      send_to_court: (actor, id) => endings.sendToCourt(actor, id),
      resume_settlement: (actor, id) => anew.resume(actor, id),
    };
  }

  @Post()
  @DoneOnce()
  @HttpCode(200)
  @SerializeOptions({ schema: CaseView })
  async move(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: MoveCase }) said: MoveCase) {
    const known = await this.acts[said.action](actor, id, said);
    return toCaseView(known ?? (await this.cases.read(actor, id)), actor);
  }
}
