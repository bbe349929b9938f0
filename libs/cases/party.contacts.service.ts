import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import type { Actor, TakeContact } from '#contract';
import { Clock, Database, DomainError, KeyedHash, Keys, record } from '#platform';
import type { Case } from './case.entity.js';
import { lockCase, subjectOf } from './case.moves.js';
import { InvitationsService } from './invitations.service.js';

type Held = { emailHash: Buffer | null; phoneHash: Buffer | null; ended: boolean };
const over: Case['state'][] = ['DRAFT', 'WITHDRAWN', 'DECLINED', 'REFUSED_SCOPE', 'TERMINATED', 'CLOSED', 'ARCHIVED'];

/**
 * Who is invited, or whose representative is gone, may be known by a name alone: his letter lies on the desk. When he can be asked, the desk takes
 * down an address or a telephone for him (decision 0136), and what waits for him goes there in the same step.
 */
@Injectable()
export class PartyContactsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly hashes: KeyedHash,
    private readonly invitations: InvitationsService,
  ) {}

  /** Of a party that nobody acts for; who has an account keeps his contacts himself. The same contact again sends nothing a second time. */
  takeDown(actor: Actor, caseId: string, { partyId, email, phone }: TakeContact): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, 'party.take_contact', await subjectOf(tx, found));
      const [held] = (await tx.query(unheld, [caseId, partyId])) as Held[];
      if (!held) throw new DomainError('not_found');
      if (over.includes(found.state)) throw new DomainError('case.transition_forbidden', { state: found.state });
      const at = this.clock.now();
      const isWritten = await this.write(tx, partyId, held, { email, phone });
      const isInvited = found.state === 'INVITED' && (await this.invitations.ensure(tx, found, partyId, at));
      if (!isWritten && isInvited !== 'anew') return;
      const code = found.state === 'INVITED' ? 'invited' : held.ended ? 'told' : 'kept';
      await record(tx, actor, { type: 'party.contact_taken', caseId, at, data: { partyId, code } });
    });
  }

  /** What is not given stays as it was. */
  private async write(tx: EntityManager, partyId: string, held: Held, { email, phone }: Omit<TakeContact, 'partyId'>): Promise<boolean> {
    let isWritten = false;
    for (const [field, text, before] of [
      ['email', email, held.emailHash],
      ['phone', phone, held.phoneHash],
    ] as const) {
      const hash = text ? this.hashes.of('contact', `${field}:${text}`) : null;
      if (!text || !hash || before?.equals(hash)) continue;
      const sealed = await this.keys.seal(tx, { scope: 'party', id: partyId }, text, field);
      await tx.query(`UPDATE parties SET ${field}_sealed = $2, ${field}_hash = $3 WHERE id = $1`, [partyId, sealed, hash]);
      isWritten = true;
    }
    return isWritten;
  }
}

const unheld = `SELECT email_hash AS "emailHash", phone_hash AS "phoneHash", attorney_ended_at IS NOT NULL AS ended
  FROM parties WHERE case_id = $1 AND id = $2 AND person_id IS NULL AND joined_at IS NULL`;
