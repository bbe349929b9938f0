import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, ReferCase, SignedIn } from '#contract';
import { Clock, Database, DomainError, KeyedHash, Keys } from '#platform';
import { CaseEffects } from './case.effects.js';
import { takeBackUntouched } from './referrals.undoing.js';
import { type Referral, writeReferrals } from './referrals.writing.js';

/**
 * A court sends a dispute: case, ruling, term, and who its parties are. Not a word of the claim, and nobody is forced: both sides are
 * invited, and the case waits until both agree (law.md 1.2, art. 20).
 */
@Injectable()
export class ReferralsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    readonly keys: Keys,
    readonly hashes: KeyedHash,
    readonly effects: CaseEffects,
  ) {}

  refer(actor: Actor, asked: ReferCase): Promise<{ caseId: string }> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'court.refer', null);
      requireSignedIn(actor);
      const { id } = asked;
      if (id && (await this.isKnown(tx, actor, id))) return { caseId: id };
      try {
        const [caseId] = await this.write(tx, actor, [{ courtId: actor.courtId!, asked }]);
        return { caseId: caseId! };
      } catch (error) {
        // sent twice at the same moment: the other one was first
        if (id && error instanceof DomainError && error.code === 'conflict' && (await this.isKnown(tx, actor, id))) return { caseId: id };
        throw error;
      }
    });
  }

  /** The desk writes referrals down from the court's own table, in the caller's transaction: the same cases as by the court's form. */
  async referAll(tx: EntityManager, actor: Actor, referrals: readonly Referral[]): Promise<string[]> {
    authorize(actor, 'case.import', null);
    requireSignedIn(actor);
    return this.write(tx, actor, referrals);
  }

  /** What came with a table goes again, if nobody but the house's own clocks has touched it since; resolves with what went. */
  async takeBack(tx: EntityManager, actor: Actor, caseIds: readonly string[], importId: string): Promise<ReadonlySet<string>> {
    authorize(actor, 'case.import', null);
    requireSignedIn(actor);
    return takeBackUntouched(tx, actor, caseIds, { at: this.clock.now(), importId });
  }

  private write(tx: EntityManager, actor: SignedIn, referrals: readonly Referral[]): Promise<string[]> {
    return writeReferrals(tx, this, actor, referrals, this.clock.now());
  }

  private async isKnown(tx: EntityManager, actor: SignedIn, caseId: string): Promise<boolean> {
    const rows = (await tx.query('SELECT 1 FROM referrals WHERE case_id = $1 AND referred_by = $2', [caseId, actor.id])) as object[];
    return rows.length > 0;
  }
}
