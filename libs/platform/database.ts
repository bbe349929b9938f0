import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool } from 'pg';
import type { DataSource, EntityManager, QueryRunner } from 'typeorm';
import type { Actor } from '#contract';
import { askOnce, begin, DatabaseAway, nameOf } from './connecting.js';
import { DomainError } from './domain-error.js';

/** Extra names of who asks, besides the actor: the invitation whose code a visitor has shown. */
export type Asking = { invitationId?: string };

/**
 * The one way to the database. A transaction names who asks, so that row-level policies know; outside of one, a query sees nothing.
 * Serialization failures and deadlocks are retried by the caller's own retry (every act is idempotent), not here. Only the way to the
 * database is waited for (connecting.ts).
 */
export class Database {
  constructor(
    private readonly app: DataSource,
    private readonly views: { court?: DataSource; report?: DataSource; counters?: DataSource } = {},
  ) {}

  transaction<T>(actor: Actor, work: (tx: EntityManager) => Promise<T>, asking: Asking = {}): Promise<T> {
    const around = together.getStore();
    return around ? joined(around, actor, work, asking) : run(this.app, actor, work, asking);
  }

  /** All that `work` does, in however many transactions, commits as one or not at all. For acts that must not be half done. */
  together<T>(actor: Actor, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return run(this.app, actor, (tx) => together.run({ actor, tx: async () => tx, isBegun: () => true }, () => work(tx)), {});
  }

  /**
   * The same with a frame: `first` is done before anything else, `last` before it commits (once.ts). The transaction begins with the first
   * one that `work` asks for, so an act that does all of it in a statement of its own costs no other.
   */
  async framed<T>(actor: Actor, frame: Frame<T>, work: () => Promise<T>): Promise<T> {
    let begun: Promise<QueryRunner> | undefined;
    const around: Around = {
      actor,
      tx: async () => {
        begun ??= this.beginWith(actor, frame);
        return (await begun).manager;
      },
      isBegun: () => begun !== undefined,
    };
    try {
      const done = await together.run(around, work);
      const runner = await begun;
      if (runner) {
        await frame.last(runner.manager, done);
        await runner.commitTransaction();
      }
      return done;
    } catch (error) {
      throw await undone((await begun?.catch(() => null)) ?? null, error);
    } finally {
      await (await begun?.catch(() => null))?.release();
    }
  }

  /** Nothing has been asked yet of the transaction that is around, if there is one. */
  isFree(): boolean {
    return together.getStore()?.isBegun() !== true;
  }

  /** A transaction whose first act is done; or none, and what refused it. */
  private async beginWith<T>(actor: Actor, { first }: Frame<T>): Promise<QueryRunner> {
    const runner = await begin(this.app, ({ manager }) => name(manager, actor, {}));
    try {
      await first(runner.manager);
      return runner;
    } catch (error) {
      const thrown = await undone(runner, error);
      await runner.release();
      throw thrown;
    }
  }

  /** As the role that can read one view of the own court's cases and nothing else. */
  asCourt<T>(actor: Actor, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return run(present(this.views.court, 'COURT_DATABASE_URL'), actor, work, {});
  }

  /** As the role that can read totals and nothing else. */
  asReport<T>(actor: Actor, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return run(present(this.views.report, 'REPORT_DATABASE_URL'), actor, work, {});
  }

  /** One statement as nobody, outside a transaction: for who asks (sessions, accounts). Tables with row-level security show it nothing. */
  look<T>(sql: string, values: unknown[]): Promise<T[]> {
    return prepared(this.app, sql, values);
  }

  /**
   * A function of the database that judges by itself who asks, in one statement instead of a transaction's four. The first argument it takes
   * is that the asker was named, so nobody can ask it before.
   */
  ask<T>(actor: Actor, question: string, values: unknown[]): Promise<T[]> {
    const places = values.map((_, at) => `, $${at + 5}`).join('');
    const sql = `SELECT answer.* FROM name_asker($1, $2, $3, $4) AS named CROSS JOIN LATERAL ${question}(named${places}) AS answer`;
    return prepared(this.app, sql, [actor.id ?? '', actor.role, actor.courtId ?? '', '', ...values]);
  }

  /**
   * One statement that commits by itself, whatever becomes of the transaction that calls it: for counters against guessing.
   * On connections of their own: were they taken from the same pool, enough guesses at once would wait for each other for ever.
   */
  alone<T>(sql: string, values: unknown[]): Promise<T[]> {
    return prepared(this.views.counters ?? this.app, sql, values);
  }

  /** For readiness: the database answers. */
  async ping() {
    await this.look('SELECT 1', []);
  }
}

type Frame<T> = { first: (tx: EntityManager) => Promise<void>; last: (tx: EntityManager, done: T) => Promise<unknown> };
type Around = { tx: () => Promise<EntityManager>; isBegun: () => boolean; actor: Actor };
const together = new AsyncLocalStorage<Around>();

/** A transaction inside another one: asked by the same person it simply goes on; by somebody else it names him, and afterwards the first again. */
async function joined<T>(around: Around, inner: Actor, work: (tx: EntityManager) => Promise<T>, asking: Asking): Promise<T> {
  const [tx, { actor }] = [await around.tx(), around];
  if (inner === actor && !asking.invitationId) return work(tx);
  await name(tx, inner, asking);
  const done = await work(tx);
  await name(tx, actor, {});
  return done;
}

async function run<T>(source: DataSource, actor: Actor, work: (tx: EntityManager) => Promise<T>, asking: Asking): Promise<T> {
  const runner = await begin(source, ({ manager }) => name(manager, actor, asking));
  try {
    const done = await work(runner.manager);
    await runner.commitTransaction();
    return done;
  } catch (error) {
    throw await undone(runner, error);
  } finally {
    await runner.release();
  }
}

/** Takes back what was done, and says what is to be thrown. */
async function undone(runner: QueryRunner | null, error: unknown): Promise<unknown> {
  // The line broke under it: what was thrown says only that it is gone.
  if (runner?.isReleased && !(error instanceof DomainError)) return new DatabaseAway(error);
  await runner?.rollbackTransaction().catch(() => undefined);
  return error;
}

/** Planned once by each connection: planning who asks costs more than answering it. */
async function prepared<T>(source: DataSource, sql: string, values: unknown[]): Promise<T[]> {
  const pool = (source.driver as unknown as { master: Pool }).master;
  return (await askOnce(pool, { name: nameOf(sql), text: sql, values })) as T[];
}

const name = (tx: EntityManager, actor: Actor, asking: Asking) =>
  tx.query(
    `SELECT set_config('cabinet.person', $1, true), set_config('cabinet.role', $2, true), set_config('cabinet.court', $3, true), set_config('cabinet.invitation', $4, true)`,
    [actor.id ?? '', actor.role, actor.courtId ?? '', asking.invitationId ?? ''],
  );

function present(source: DataSource | undefined, name: string) {
  if (!source) throw new Error(`${name} is not configured.`);
  return source;
}

/** PostgreSQL's code of a failed query ('23505' unique, '23P01' exclusion, '23001' restrict), or undefined. */
export const sqlState = (error: unknown): string | undefined =>
  (error as { driverError?: { code?: string } }).driverError?.code ?? (error as { code?: string }).code;

/** The constraint that a failed query ran into, or undefined. */
export const violated = (error: unknown): string | undefined =>
  (error as { driverError?: { constraint?: string } }).driverError?.constraint ?? (error as { constraint?: string }).constraint;
