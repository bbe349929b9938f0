import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor } from '#contract';
import { Clock, Database, DomainError, record } from '#platform';
import type { Case } from './case.entity.js';
import { lockCase, subjectOf } from './case.moves.js';
import { InvitationsService } from './invitations.service.js';

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
    private readonly invitations: InvitationsService,
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
      // Who is still asked is asked himself; later nobody is let in anew, and the principal is told (decision 0126). While the holder is still of the case.
      const code = found.state === 'INVITED' && actor.role === 'coordinator' ? 'invited' : 'told';
      await record(tx, actor, { type: 'attorney.ended', caseId, at, data: { partyId, code } });
      await release(tx, partyId, held.personId, at);
      if (code === 'invited') await this.invitations.ensure(tx, found, partyId, at);
      await tx.query('SELECT leave_seats($1, $2, $3)', [caseId, held.personId, at]);
    });
  }
}

const heldBy = `SELECT person_id AS "personId", representative_kind AS kind, attorney_ended_at IS NOT NULL AS ended FROM parties WHERE case_id = $1 AND id = $2`;

/** The words of the paper go with it, and the contacts that were its holder's own; that there was one, and when it ended, stays. */
const release = (tx: EntityManager, partyId: string, holderId: string, at: Date) =>
  tx.query(
    `UPDATE parties SET person_id = NULL, joined_at = NULL, attorney_ended_at = $2, attorney_sealed = NULL, attorney_until = NULL, attorney_powers = '{}',
       representative_kind = NULL, representative_name = NULL,
       email_sealed = CASE WHEN email_hash = q.email THEN NULL ELSE email_sealed END, email_hash = CASE WHEN email_hash = q.email THEN NULL ELSE email_hash END,
       phone_sealed = CASE WHEN phone_hash = q.phone THEN NULL ELSE phone_sealed END, phone_hash = CASE WHEN phone_hash = q.phone THEN NULL ELSE phone_hash END
     FROM (SELECT email_hash AS email, phone_hash AS phone FROM persons WHERE id = $3) q WHERE parties.id = $1`,
    [partyId, at, holderId],
  );
