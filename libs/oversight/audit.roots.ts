import { Injectable } from '@nestjs/common';
import type { Actor } from '#contract';
import { Clock, Database, record } from '#platform';
import { leafOf, rootOf, treeOf } from './audit.tree.js';

const clockwork: Actor = { id: null, role: 'system' };
/** What was under way at midnight is recorded by then. */
const graceMs = 10 * 60_000;
const zoneMs = 5 * 3_600_000;
const dayMs = 86_400_000;

/** The end of a day of Kazakhstan. Roots began after its clocks became one. */
export const endOf = (day: string) => new Date(Date.parse(`${day}T00:00:00Z`) + dayMs - zoneMs);

/** Makes the root of yesterday, once, whichever worker comes first. Days on which nothing ran get none: the next root covers them. */
@Injectable()
export class AuditRoots {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  makeDue(): Promise<boolean> {
    const now = this.clock.now();
    const day = new Date(now.getTime() + zoneMs - dayMs - graceMs).toISOString().slice(0, 10);
    return this.db.transaction(clockwork, async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('audit_roots', 0))`);
      const [last] = (await tx.query('SELECT day::text AS day, root FROM audit_roots ORDER BY day DESC LIMIT 1')) as {
        day: string;
        root: Buffer;
      }[];
      if (last && last.day >= day) return false;
      const heads = (await tx.query(`SELECT chain, seq::float8 AS seq, encode(hash, 'hex') AS hash FROM audit_leaves($1)`, [
        endOf(day),
      ])) as {
        chain: string;
        seq: number;
        hash: string;
      }[];
      if (heads.length === 0) return false;
      const tree = treeOf(heads.map(leafOf));
      const previous = last?.root ?? Buffer.alloc(32);
      const root = rootOf(previous, tree);
      await tx.query('INSERT INTO audit_roots (day, chains, tree, previous, root, made_at) VALUES ($1, $2, $3, $4, $5, $6)', [
        day,
        heads.length,
        tree,
        previous,
        root,
        now,
      ]);
      // Whoever is named is mailed it: what leaves the house cannot be taken back.
      await record(tx, clockwork, { type: 'audit.root_made', at: now, data: { day, root: root.toString('hex') } });
      return true;
    });
  }
}
