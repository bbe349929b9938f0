import type { Clock } from '#platform';
import type { Judged } from './columns.js';

export type JudgedTable = { rows: number; judged: Judged<unknown> };
/** How many tables are held at once, and for how long after they were last asked for. */
const [most, heldMs] = [4, 5 * 60_000];

/** What tables were found to hold, while their batches go in: each is judged once and not with every batch. In memory alone: no table is kept. */
export class JudgedTables {
  private readonly held = new Map<string, { table: JudgedTable; until: number }>();

  constructor(private readonly clock: Clock) {}

  find(key: string): JudgedTable | null {
    this.forgetOld();
    const found = this.held.get(key);
    if (!found) return null;
    this.keep(key, found.table);
    return found.table;
  }

  keep(key: string, table: JudgedTable) {
    this.forgetOld();
    this.held.delete(key);
    this.held.set(key, { table, until: this.clock.now().getTime() + heldMs });
    for (const oldest of [...this.held.keys()].slice(0, -most)) this.held.delete(oldest);
  }

  forget(key: string) {
    this.held.delete(key);
  }

  private forgetOld() {
    const now = this.clock.now().getTime();
    for (const [key, { until }] of this.held) if (until <= now) this.held.delete(key);
  }
}
