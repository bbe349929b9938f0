import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ReferenceService } from '#cases';
import type { Actor, KeepEntry, SignedIn } from '#contract';
import type { Day } from '#hours';
import { RegisterService } from '#mediators';
import { Clock, Database, DomainError, record } from '#platform';
import type { Good, Judged } from './columns.js';
import { backInTurn, type Entry, inTurn, type KindOf, type Written } from './import.kind.js';
import { columnAt, judgeMediators } from './mediator.rows.js';
import type { Table } from './table.js';

/** Said after a trial, so that nothing of it stays. */
class Tried extends Error {}

/** New entries of the register of mediators, each through the register's own door; who stands there already is corrected on his page. */
@Injectable()
export class MediatorImports implements KindOf<KeepEntry> {
  readonly may = 'register.keep';

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly register: RegisterService,
    private readonly reference: ReferenceService,
  ) {}

  /** What the register would say is found out by entering all of it, one row after the other, in a transaction that never commits. */
  async judge(table: Table, _: Day, actor: Actor): Promise<Judged<KeepEntry>> {
    const { missing, good, faults } = judgeMediators(table, await this.reference.read());
    const judged: Judged<KeepEntry> = { missing, good: [], faults: [...faults] };
    const trial = async (tx: EntityManager) => {
      for (const one of good) {
        const wrong = await this.wrongWith(tx, actor, one);
        if (wrong.length > 0) judged.faults.push(...wrong);
        else judged.good.push(one);
      }
      throw new Tried();
    };
    await this.db.transaction(actor, trial).catch((error: unknown) => {
      if (!(error instanceof Tried)) throw error;
    });
    judged.faults.sort((a, b) => a.line - b.line);
    return judged;
  }

  put(tx: EntityManager, actor: SignedIn, entries: readonly KeepEntry[]): Promise<Entry[]> {
    return inTurn(entries, async (entry) => ({
      subject: await this.register.keepIn(tx, actor, entry),
      before: null,
      after: { version: 1 },
    }));
  }

  /** Whose entry has changed, or who got a case meanwhile, stays. The account, which nobody has opened, stays as a name without a role. */
  takeBack(tx: EntityManager, actor: SignedIn, written: readonly Written[]): Promise<boolean[]> {
    return backInTurn(written, (entry) => this.takeBackOne(tx, actor, entry));
  }

  private async takeBackOne(tx: EntityManager, actor: SignedIn, { subject: personId }: Entry): Promise<boolean> {
    const [{ gone }] = (await tx.query('SELECT take_back_mediator($1) AS gone', [personId])) as [{ gone: boolean }];
    if (gone) await record(tx, actor, { type: 'register.changed', at: this.clock.now(), data: { personId, code: 'taken_back' } });
    return gone;
  }

  private async wrongWith(tx: EntityManager, actor: Actor, { line, row }: Good<KeepEntry>) {
    await tx.query('SAVEPOINT one_row');
    try {
      await this.register.keepIn(tx, actor, row);
      return [];
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      await tx.query('ROLLBACK TO SAVEPOINT one_row');
      const fields = Object.entries((error.details['fields'] ?? { surname: 'already_registered' }) as Record<string, string>);
      return fields.map(([path, code]) => ({ line, column: columnAt(path.split('.')), code }));
    }
  }
}
