import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import type { Actor } from '#contract';
import { Clock, Database, DomainError } from '#platform';
import { CaseEffects } from './case.effects.js';
import { Case } from './case.entity.js';
import { isNew, lockCase, moveCase, subjectOf } from './case.moves.js';

/** A mediator lost in mid-case: the desk takes the case back and looks for another one. What he could reach ends with this transaction. */
@Injectable()
export class ReplacementsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly effects: CaseEffects,
  ) {}

  replace(actor: Actor, caseId: string): Promise<void> {
    return this.take(actor, caseId, 'case.replace_mediator');
  }

  /** By the mediator himself, for whatever reason: a conflict that came to light, an illness. Afterwards there is no such case for him. */
  stepBack(actor: Actor, caseId: string): Promise<void> {
    return this.take(actor, caseId, 'case.step_back');
  }

  private take(actor: Actor, caseId: string, right: 'case.replace_mediator' | 'case.step_back'): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, right, await subjectOf(tx, found));
      await this.takeBack(tx, actor, found);
    });
  }

  /** In the transaction of who decided it and holds the case. */
  async takeBack(tx: EntityManager, actor: Actor, found: Case): Promise<void> {
    if (!(await isNew(tx, actor, found, 'replace_mediator'))) return;
    const former = found.mediatorId;
    if (!former) throw new DomainError('case.transition_forbidden', { state: found.state, action: 'replace_mediator' });
    const data = { formerMediatorId: former };
    const act = { at: this.clock.now(), event: 'case.mediator_replaced' as const, effects: this.effects, data };
    // Who steps back has the right to until the move is made: he lets go of the case last.
    if (actor.role !== 'mediator') found.mediatorId = null;
    await moveCase(tx, actor, found, 'replace_mediator', act);
    if (found.mediatorId) await tx.update(Case, { id: found.id }, { mediatorId: null });
  }
}
