import { isDeepStrictEqual } from 'node:util';
import type { EntityManager } from 'typeorm';
import type { Permission } from '#access';
import type { Actor, SignedIn } from '#contract';
import type { Day } from '#hours';
import type { Judged } from './columns.js';
import type { Table } from './table.js';

export type ImportPermission = Extract<Permission, 'case.import' | 'register.keep' | 'register.import'>;
/** What a line became: a case; or an entry of a register as it was (null: there was none) and as it is since. */
export type Written = { caseId: string } | Entry;
export type Entry = { subject: string; before: object | null; after: object };

/** How one kind of table is judged, taken in and taken back. */
export interface KindOf<R> {
  readonly may: ImportPermission;
  /** A table is judged by its words and by lists alone, so once is enough; else by a register that its own rows change. */
  readonly isJudgedOnce?: boolean;
  /** How many rows go in, or are taken back, within one transaction, if not as many as of others. */
  readonly atOnce?: number;
  judge(table: Table, on: Day, actor: Actor): Promise<Judged<R>>;
  /** Of each, in this order, what it became. */
  put(tx: EntityManager, actor: SignedIn, rows: readonly R[]): Promise<Written[]>;
  /** For each, in this order. False: something has happened to it since, and it stays. */
  takeBack(tx: EntityManager, actor: SignedIn, written: readonly Written[], importId: string): Promise<boolean[]>;
  /** After the commit. */
  settled?(): Promise<void>;
}

/** A register's rows by their id. `remove`: false where others hold on to the entry. */
export interface Register {
  now(tx: EntityManager, subject: string): Promise<object | null>;
  write(tx: EntityManager, subject: string, state: object): Promise<void>;
  remove(tx: EntityManager, subject: string): Promise<boolean>;
}

export async function putEntry(tx: EntityManager, register: Register, subject: string, state: object): Promise<Entry> {
  const before = await register.now(tx, subject);
  await register.write(tx, subject, state);
  return { subject, before, after: state };
}

/** Entries of a register one after the other: two lines may be of one entry. */
export async function inTurn<T, R>(all: readonly T[], each: (one: T) => Promise<R>): Promise<R[]> {
  const done: R[] = [];
  for (const one of all) done.push(await each(one));
  return done;
}
export const backInTurn = (written: readonly Written[], takeBack: (entry: Entry) => Promise<boolean>): Promise<boolean[]> =>
  inTurn(written, async (one) => 'subject' in one && takeBack(one));

/** What stood before stands again, unless somebody has changed it since. */
export async function takeBackEntry(tx: EntityManager, register: Register, { subject, before, after }: Entry): Promise<boolean> {
  if (!isDeepStrictEqual(await register.now(tx, subject), after)) return false;
  if (!before) return register.remove(tx, subject);
  await register.write(tx, subject, before);
  return true;
}
