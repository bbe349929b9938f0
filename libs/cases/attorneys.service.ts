import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor } from '#contract';
import { Clock, Database, DomainError, record } from '#platform';
import type { Case } from './case.entity.js';
import { lockCase, subjectOf } from './case.moves.js';

type Held = { personId: string; kind: string | null };
const over: Case['state'][] = ['WITHDRAWN', 'DECLINED', 'REFUSED_SCOPE', 'TERMINATED', 'CLOSED', 'ARCHIVED'];

/**
 * A power of attorney ends for one principal (Civil Code art. 170): given back by who holds it, or withdrawn by the principal, who tells the
 * House. What was confirmed under it stands; from then on nobody speaks for that party, and whoever else he acts for keeps him.
 */
@Injectable()
export class AttorneysService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** Absent for whoever does not hold it; for the desk, ending it twice changes nothing. */
  end(actor: Actor, caseId: string, partyId: string): Promise<void> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, 'attorney.end', await subjectOf(tx, found));
      const [held] = (await tx.query(heldBy, [caseId, partyId])) as (Held & { ended: boolean })[];
      if (held?.ended && actor.role === 'coordinator') return;
      if (held?.kind !== 'poa' || !held.personId || (actor.role !== 'coordinator' && held.personId !== actor.id))
        throw new DomainError('not_found');
      if (over.includes(found.state)) throw new DomainError('case.transition_forbidden', { state: found.state });
      const at = this.clock.now();
      await record(tx, actor, { type: 'attorney.ended', caseId, at, data: { partyId } }); // while he is still of the case
      await release(tx, partyId, at);
      await tx.query('SELECT leave_seats($1, $2, $3)', [caseId, held.personId, at]);
    });
  }
}

const heldBy = `SELECT person_id AS "personId", representative_kind AS kind, attorney_ended_at IS NOT NULL AS ended FROM parties WHERE case_id = $1 AND id = $2`;

/** The words of the paper go with it; that there was one, and when it ended, stays. */
const release = (tx: EntityManager, partyId: string, at: Date) =>
  tx.query(
    `UPDATE parties SET person_id = NULL, joined_at = NULL, attorney_ended_at = $2, attorney_sealed = NULL, attorney_until = NULL, attorney_powers = '{}',
       representative_kind = NULL, representative_name = NULL WHERE id = $1`,
    [partyId, at],
  );
