import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ReferenceService, ReferralsService } from '#cases';
import type { SignedIn } from '#contract';
import type { Day } from '#hours';
import type { KindOf, Written } from './import.kind.js';
import { judgeReferrals, type Referral } from './referral.rows.js';
import type { Table } from './table.js';

/** Cases that a court refers by a table. */
@Injectable()
export class ReferralImports implements KindOf<Referral> {
  readonly may = 'case.import';
  readonly isJudgedOnce = true;
  readonly atOnce = 500;

  constructor(
    private readonly referrals: ReferralsService,
    private readonly reference: ReferenceService,
  ) {}

  async judge(table: Table, on: Day) {
    return judgeReferrals(table, await this.reference.read(), on);
  }

  async put(tx: EntityManager, actor: SignedIn, rows: readonly Referral[]): Promise<Written[]> {
    return (await this.referrals.referAll(tx, actor, rows)).map((caseId) => ({ caseId }));
  }

  async takeBack(tx: EntityManager, actor: SignedIn, written: readonly Written[], importId: string): Promise<boolean[]> {
    const ids = written.map((one) => ('caseId' in one ? one.caseId : null));
    const back = await this.referrals.takeBack(
      tx,
      actor,
      ids.filter((id) => id !== null),
      importId,
    );
    return ids.map((id) => id !== null && back.has(id));
  }
}
