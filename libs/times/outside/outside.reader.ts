import type { EntityManager } from 'typeorm';
import type { Interval } from '#hours';
import type { OutsideFailure } from '#contract';
import { type Clock, type Database, type Keys } from '#platform';
import { scheduling } from '../times.rules.js';
import { FeedFailure, fetchFeed, type FeedLimits, feedLimits, type Validators } from './fetch-feed.js';
import type { ReadBusy } from './read-apart.js';

type Due = { personId: string; address: string; namedAt: Date; failures: number } & Validators;
type Row = Omit<Due, 'address'> & { sealed: Buffer; readAt: Date | null };
type Found = { busy: Interval[] | null } & Validators;

const system = { id: null, role: 'system' } as const;
const [minute, day] = [60_000, 86_400_000];
const atOnce = 4;
/** While one worker reads, no other does. */
const leaseMs = 5 * minute;
const everyMs = 60 * minute;
/** However unchanged a calendar is, its repetitions go on: it is read anew, and further than a search looks. */
const wholeAfterMs = 20 * 60 * minute;
const spareMs = 10 * day;
const retryMs = (failures: number) => Math.min(15 * minute * 2 ** failures, day);

/**
 * Reads the calendars that are due, as busy time of their owners. What can't be read says why, is tried later and later, and keeps what was
 * read last: an old calendar hides a busy hour less often than none. An address that was changed while it was read changes nothing.
 */
export class OutsideReader {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly read: ReadBusy,
    private readonly limits: FeedLimits = feedLimits,
  ) {}

  /** For the worker's sweep. Returns how many were tried. */
  async readDue(): Promise<number> {
    const due = await this.claim();
    await Promise.all(due.map((one) => this.readOne(one)));
    return due.length;
  }

  private claim(): Promise<Due[]> {
    return this.db.transaction(system, async (tx) => {
      const at = this.clock.now();
      const [rows] = (await tx.query(
        `UPDATE outside_calendars SET due_at = $2 WHERE person_id IN
           (SELECT person_id FROM outside_calendars WHERE due_at <= $1 ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING person_id AS "personId", address_sealed AS sealed, named_at AS "namedAt", failures, etag, last_modified AS "lastModified", read_at AS "readAt"`,
        [at, new Date(+at + leaseMs), atOnce],
      )) as [Row[], number];
      return Promise.all(rows.map((row) => this.open(tx, row, at)));
    });
  }

  private async open(tx: EntityManager, { sealed, readAt, etag, lastModified, ...rest }: Row, at: Date): Promise<Due> {
    const address = await this.keys.open(tx, { scope: 'person', id: rest.personId }, sealed, 'outside_calendar');
    const isFresh = readAt !== null && +at - +readAt < wholeAfterMs;
    return { ...rest, address, etag: isFresh ? etag : null, lastModified: isFresh ? lastModified : null };
  }

  private async readOne(due: Due): Promise<void> {
    try {
      const found = await this.find(due);
      await this.keep(due, found);
    } catch (error) {
      if (!(error instanceof FeedFailure)) throw error;
      await this.noteFailure(due, error.failure);
    }
  }

  private async find({ address, etag, lastModified }: Due): Promise<Found> {
    const answer = await fetchFeed(address, { etag, lastModified }, this.limits);
    if (answer === 'unchanged') return { busy: null, etag, lastModified };
    const now = +this.clock.now();
    const within = { from: now - day, to: now + scheduling.search_days * day + spareMs };
    return { busy: await this.read(answer.text, within), etag: answer.etag, lastModified: answer.lastModified };
  }

  private keep(due: Due, { busy, etag, lastModified }: Found): Promise<void> {
    return this.db.transaction(system, async (tx) => {
      const at = this.clock.now();
      if (!(await isStill(tx, due))) return;
      if (busy) await writeBusy(tx, due.personId, busy);
      await tx.query(
        `UPDATE outside_calendars SET fetched_at = $2, read_at = CASE WHEN $3 THEN $2 ELSE read_at END, etag = $4, last_modified = $5,
           failure = NULL, failures = 0, due_at = $6 WHERE person_id = $1`,
        [due.personId, at, busy !== null, etag, lastModified, new Date(+at + everyMs)],
      );
    });
  }

  private noteFailure(due: Due, failure: OutsideFailure): Promise<void> {
    return this.db.transaction(system, async (tx) => {
      if (!(await isStill(tx, due))) return;
      await tx.query('UPDATE outside_calendars SET failure = $2, failures = failures + 1, due_at = $3 WHERE person_id = $1', [
        due.personId,
        failure,
        new Date(+this.clock.now() + retryMs(due.failures)),
      ]);
    });
  }
}

/** The same calendar as when its reading began, held. */
async function isStill(tx: EntityManager, { personId, namedAt }: Due): Promise<boolean> {
  const held = (await tx.query('SELECT 1 FROM outside_calendars WHERE person_id = $1 AND named_at = $2 FOR NO KEY UPDATE', [
    personId,
    namedAt,
  ])) as unknown[];
  return held.length > 0;
}

async function writeBusy(tx: EntityManager, personId: string, busy: Interval[]) {
  await tx.query('DELETE FROM outside_busy WHERE person_id = $1', [personId]);
  await tx.query(
    `INSERT INTO outside_busy (person_id, during) SELECT $1, tstzrange(s.f, s.t) FROM unnest($2::timestamptz[], $3::timestamptz[]) AS s (f, t)`,
    [personId, busy.map(({ from }) => new Date(from)), busy.map(({ to }) => new Date(to))],
  );
}
