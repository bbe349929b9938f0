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

  constructor(
    private readonly referrals: ReferralsService,
    private readonly reference: ReferenceService,
  ) {}

  async judge(table: Table, on: Day) {
    return judgeReferrals(table, await this.reference.read(), on);
  }

  async put(tx: EntityManager, actor: SignedIn, { courtId, asked }: Referral): Promise<Written> {
    return { caseId: await this.referrals.referFor(tx, actor, courtId, asked) };
  }

  async takeBack(tx: EntityManager, actor: SignedIn, written: Written, importId: string): Promise<boolean> {
    return 'caseId' in written && this.referrals.takeBack(tx, actor, written.caseId, importId);
  }
}
