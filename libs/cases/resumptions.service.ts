import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, CodeSent, Language, SignedIn } from '#contract';
import { CodesService } from '#people';
import { Database, DomainError, Keys } from '#platform';
import { findCase, subjectOf } from './case.moves.js';

/**
 * Going on with an application on another device, without remembering how one signed in: a link that the first device shows, and a code that
 * goes to the contact of its applicant. Neither opens anything without the other; the code is used once, within ten minutes, in five tries.
 */
@Injectable()
export class ResumptionsService {
  constructor(
    private readonly db: Database,
    private readonly keys: Keys,
    private readonly codes: CodesService,
  ) {}

  /** For who applies, while there is something to write. */
  issue(actor: Actor, caseId: string, network?: string): Promise<CodeSent> {
    return this.db.transaction(actor, async (tx) => {
      const found = await findCase(tx, caseId);
      authorize(actor, 'case.submit', await subjectOf(tx, found));
      requireSignedIn(actor);
      if (found.state !== 'DRAFT' && found.state !== 'RETURNED')
        throw new DomainError('case.transition_forbidden', { state: found.state, action: 'resubmit' });
      return this.codes.issue(tx, { purpose: 'sign_in', ...(await this.reach(tx, actor)), personId: actor.id, network });
    });
  }

  private async reach(tx: EntityManager, { id }: SignedIn) {
    const [row] = (await tx.query('SELECT language, email_sealed AS email, phone_sealed AS phone FROM persons WHERE id = $1', [id])) as [
      { language: Language; email: Buffer | null; phone: Buffer | null },
    ];
    const open = (sealed: Buffer, field: string) => this.keys.open(tx, { scope: 'person', id }, sealed, field);
    const { language, email, phone } = row;
    if (email) return { channel: 'email' as const, contact: await open(email, 'email'), language };
    if (!phone) throw new DomainError('unavailable');
    return { channel: 'sms' as const, contact: await open(phone, 'phone'), language };
  }
}
