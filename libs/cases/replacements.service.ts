import { Injectable } from '@nestjs/common';
import { authorize } from '#access';
import type { Actor } from '#contract';
import { Clock, Database, DomainError } from '#platform';
import { CaseEffects } from './case.effects.js';
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
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, 'case.replace_mediator', await subjectOf(tx, found));
      if (!(await isNew(tx, actor, found, 'replace_mediator'))) return;
      const former = found.mediatorId;
      if (!former) throw new DomainError('case.transition_forbidden', { state: found.state, action: 'replace_mediator' });
      found.mediatorId = null;
      const data = { formerMediatorId: former };
      await moveCase(tx, actor, found, 'replace_mediator', {
        at: this.clock.now(),
        event: 'case.mediator_replaced',
        effects: this.effects,
        data,
      });
    });
  }
}
