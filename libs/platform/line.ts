import { createHash } from 'node:crypto';
import pg from 'pg';

const mostNames = 2_000;
const names = new Map<string, string>();

/** A statement by its text, so that each connection plans it once. Texts are written in the code, so they are few; beyond that none is kept. */
export function nameOf(sql: string): string | undefined {
  const known = names.get(sql);
  if (known || names.size >= mostNames) return known;
  const name = createHash('sha256').update(sql).digest('hex').slice(0, 32);
  names.set(sql, name);
  return name;
}

/**
 * A connection that prepares what it is asked with values: where row-level policies are planned in, planning costs more than answering.
 * What is asked of it without waiting in between travels together (`pipeline`).
 */
class PreparingClient extends pg.Client {
  override query(...[asked, values, ...more]: unknown[]): never {
    const question = typeof asked === 'string' && Array.isArray(values) ? [{ name: nameOf(asked), text: asked, values }] : [asked, values];
    return super.query(...([...question, ...more] as unknown as Parameters<pg.Client['query']>)) as never;
  }
}

/** For the pool of a DataSource: `extra: lines(20)`. */
export const lines = (max: number) => ({ max, Client: PreparingClient, pipeline: true });
