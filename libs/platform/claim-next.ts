import type { EntityManager } from 'typeorm';

/**
 * The next row of a sweep, held: `sql` is a `SELECT … LIMIT 1 FOR UPDATE OF … SKIP LOCKED`. A lock is taken a moment after the look, and
 * PostgreSQL looks again only at the row that it locks, and only if that row itself changed: whatever another worker wrote beside it
 * meanwhile (an event, a deadline, a letter) would be missed, and the same thing done twice. So it is asked again under the lock, until
 * it gives the same answer: what one sees of a case that one holds stays true.
 */
export async function claimNext<Row extends object>(tx: EntityManager, sql: string, values: readonly unknown[]): Promise<Row | null> {
  const ask = async () => ((await tx.query(sql, [...values])) as Row[])[0] ?? null;
  for (let seen = await ask(); seen;) {
    const held = await ask();
    if (JSON.stringify(held) === JSON.stringify(seen)) return held;
    seen = held;
  }
  return null;
}
