import { createHash } from 'node:crypto';
import pg, { type Pool, type PoolClient } from 'pg';
import type { DataSource, QueryRunner } from 'typeorm';

/** So long since it went a database that restarts is waited for; after that who asks is told at once to come again. */
export const patienceMs = 3_000;
const betweenMs = 100;

/** The line to the database broke, or there is none. Nothing was done, or nobody knows: who asks again does it with the same key (once.ts). */
export class DatabaseAway extends Error {
  constructor(cause: unknown) {
    super('The database is away', { cause });
    this.name = 'DatabaseAway';
  }
}

/** PostgreSQL, appendix A: shut down, crashed, starting, no room; class 08: the line. And what the line itself says. */
const codes = /^(57P0[1-5]|53300|08...|ECONNREFUSED|ECONNRESET|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|ETIMEDOUT|EPIPE|ENOENT)$/;
const words = /^Connection terminated|^timeout exceeded when trying to connect|connection error and is not queryable/;

/** Is this the trouble of a database that is not there, and none of what was asked? */
export function isAway(error: unknown): boolean {
  if (error instanceof DatabaseAway) return true;
  if (!(error instanceof Error)) return false;
  const { driverError = error } = error as { driverError?: Error };
  const { code = '' } = driverError as { code?: string };
  return codes.test(code) || words.test(driverError.message);
}

/** Since when each source cannot be reached; forgotten when nobody has asked for a while. */
const outages = new WeakMap<object, { since: number; last: number }>();

/**
 * Tries to reach the database while it restarts. Only ever around what comes before the first statement of an act: a statement may have
 * been done although its answer was lost, and a commit is never tried twice.
 */
async function reach<T>(source: object, attempt: () => Promise<T>): Promise<T> {
  for (;;) {
    try {
      const reached = await attempt();
      outages.delete(source);
      return reached;
    } catch (error) {
      if (!isAway(error)) throw error;
      const known = outages.get(source);
      const now = Date.now();
      const since = known && now - known.last < 2 * patienceMs ? known.since : now;
      outages.set(source, { since, last: now });
      if (now - since > patienceMs) throw new DatabaseAway(error);
      await new Promise((again) => setTimeout(again, betweenMs));
    }
  }
}

/** A connection that has answered once, with its transaction begun and, by `opening`, its asker named. */
export const begin = (source: DataSource, opening: (runner: QueryRunner) => Promise<unknown>): Promise<QueryRunner> =>
  reach(source, async () => {
    const runner = source.createQueryRunner();
    try {
      await runner.startTransaction();
      await opening(runner);
      return runner;
    } catch (error) {
      await runner.release();
      throw error;
    }
  });

/** One statement, once, as soon as there is a connection to ask it on. */
export async function askOnce(pool: Pool, question: { name?: string; text: string; values: unknown[] }): Promise<unknown[]> {
  const client = await reach(pool, () => pool.connect() as Promise<PoolClient>);
  let broken: Error | undefined;
  try {
    return (await client.query(question)).rows;
  } catch (error) {
    if (isAway(error)) broken = error as Error;
    throw error;
  } finally {
    client.release(broken);
  }
}

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

/**
 * For the pool of a DataSource: `extra: lines(20)`. A line that breaks says so by an event, also between two statements and in the moment
 * when it is lent: nobody else hears it then, and unheard it would end the process.
 */
export const lines = (max: number) => ({
  max,
  Client: PreparingClient,
  pipeline: true,
  onConnect: (client: PoolClient) => void client.on('error', () => undefined),
});
