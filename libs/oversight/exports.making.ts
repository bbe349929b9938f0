import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ReferenceService } from '#cases';
import { type Actor, type AskExport, exportRows, type RegisterRow } from '#contract';
import { Clock, Database, DomainError, newId } from '#platform';
import { registerFile } from './court.register.files.js';
import { registerColumns, rowOf, type StoredRow } from './court.register.js';
import { type File, reportFile } from './report.files.js';
import { valueNames } from './report.names.js';
import { compile } from './report.service.js';

type Taken = { id: string; courtId: string | null; asked: AskExport; scheduled: boolean };
class Unmade extends Error {
  constructor(readonly reason: 'too_many_rows' | 'not_closed') {
    super(reason);
  }
}

const clockwork: Actor = { id: null, role: 'system' };
const pageSize = 2_000;
/** Whoever was making it and has said nothing for so long is gone: the next one begins anew. */
const givenUpMs = 2 * 60_000;
const hour = 3_600_000;
const [keptMs, keptScheduledMs, forgottenMs] = [24 * hour, 40 * 24 * hour, 90 * 24 * hour];

/** Makes what was asked for, page by page, and says how far it is. The row is the truth: a queue only says that there is one. */
@Injectable()
export class ExportMaking {
  private readonly logger = new Logger(ExportMaking.name);

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly reference: ReferenceService,
  ) {}

  /** What nobody is making, the oldest first. */
  waiting(): Promise<string[]> {
    return this.db.transaction(clockwork, async (tx) => {
      const rows = (await tx.query(
        `SELECT id FROM exports WHERE state = 'waiting' OR (state = 'making' AND touched_at < $1) ORDER BY asked_at LIMIT 20`,
        [this.forsaken()],
      )) as { id: string }[];
      return rows.map(({ id }) => id);
    });
  }

  /** Once, however many workers are told of it. */
  async make(id: string): Promise<void> {
    const taken = await this.take(id);
    if (!taken) return;
    try {
      await this.keep(taken, taken.asked.kind === 'register' ? await this.register(taken, taken.asked) : await this.report(taken.asked));
    } catch (error) {
      const reason = error instanceof Unmade ? error.reason : 'broken';
      if (reason === 'broken') this.logger.error({ what: 'An export was not made', id, name: (error as Error).name });
      await this.say(`UPDATE exports SET state = 'failed', reason = $2, touched_at = $3 WHERE id = $1 AND state = 'making'`, [
        id,
        reason,
        this.clock.now(),
      ]);
    }
  }

  /** Files end with their time; that one was asked for is remembered longer. */
  async expire(): Promise<void> {
    const now = this.clock.now();
    await this.say(`UPDATE exports SET state = 'expired', bytes = NULL WHERE state = 'ready' AND expires_at <= $1`, [now]);
    await this.say(`DELETE FROM exports WHERE state IN ('expired', 'failed') AND asked_at < $1`, [new Date(now.getTime() - forgottenMs)]);
  }

  private readonly forsaken = () => new Date(this.clock.now().getTime() - givenUpMs);
  private readonly say = (sql: string, values: unknown[]) => this.db.transaction(clockwork, (tx) => tx.query(sql, values));

  private take(id: string): Promise<Taken | null> {
    return this.db.transaction(clockwork, async (tx) => {
      const [[row]] = (await tx.query(
        `UPDATE exports SET state = 'making', done = 0, touched_at = $2 WHERE id = $1 AND (state = 'waiting' OR (state = 'making' AND touched_at < $3))
         RETURNING id, court_id AS "courtId", asked || jsonb_build_object('kind', kind) AS asked, person_id IS NULL AS scheduled`,
        [id, this.clock.now(), this.forsaken()],
      )) as [Taken[], number];
      return row ?? null;
    });
  }

  private async register({ id, courtId }: Taken, asked: Extract<AskExport, { kind: 'register' }>): Promise<File> {
    const reference = await this.reference.read();
    const total = await this.sizeOf(id, exportRows[asked.format]);
    const court = reference.courts.find((one) => one.id === courtId)?.name ?? { kk: courtId!, ru: courtId! };
    return registerFile({ asked, court, pages: this.pages(id, total), names: valueNames(reference), at: this.clock.now() });
  }

  private async *pages(id: string, total: number): AsyncIterable<RegisterRow[]> {
    let done = 0;
    for (let last: StoredRow | null = null, more = true; more;) {
      const page: StoredRow[] = await this.page(id, last, done, total);
      yield page.map(rowOf);
      done += page.length;
      last = page.at(-1) ?? null;
      more = page.length === pageSize;
    }
  }

  private sizeOf(id: string, most: number): Promise<number> {
    return this.db.transaction(clockwork, async (tx) => {
      const [{ size }] = (await tx.query('SELECT export_register_size($1) AS size', [id])) as [{ size: number }];
      if (size > most) throw new Unmade('too_many_rows');
      return size;
    });
  }

  private page(id: string, last: StoredRow | null, done: number, total: number): Promise<StoredRow[]> {
    return this.db.transaction(clockwork, async (tx) => {
      await tx.query('UPDATE exports SET done = $2, total = $3, touched_at = $4 WHERE id = $1', [id, done, total, this.clock.now()]);
      return (await tx.query(`SELECT ${registerColumns} FROM export_register($1, $2, $3, $4)`, [
        id,
        last?.filedAt ?? null,
        last?.id ?? null,
        pageSize,
      ])) as StoredRow[];
    });
  }

  private async report({ period, format, language }: Extract<AskExport, { kind: 'report' }>): Promise<File> {
    const reference = await this.reference.read();
    try {
      return await reportFile(await this.db.transaction(clockwork, (tx) => compile(tx, period, reference)), format, language);
    } catch (error) {
      throw error instanceof DomainError ? new Unmade('not_closed') : error;
    }
  }

  private keep({ id, scheduled }: Taken, { name, type, bytes }: File): Promise<unknown> {
    const now = this.clock.now();
    const until = new Date(now.getTime() + (scheduled ? keptScheduledMs : keptMs));
    return this.say(
      `UPDATE exports SET state = 'ready', done = coalesce(total, 1), total = coalesce(total, 1), touched_at = $2, ready_at = $2, expires_at = $3, name = $4, type = $5, size = $6, bytes = $7
       WHERE id = $1 AND state = 'making'`,
      [id, now, until, name, type, bytes.length, Buffer.from(bytes)],
    );
  }
}

/** The report of a month that has just been closed, for every office, in both languages: nobody has to ask for it. */
export async function orderReports(tx: EntityManager, period: string, at: Date) {
  for (const format of ['pdf', 'xlsx'])
    for (const language of ['kk', 'ru'])
      await tx.query(
        `INSERT INTO exports (id, office, kind, asked, asked_at) VALUES ($1, 'council', 'report', $2, $3) ON CONFLICT DO NOTHING`,
        [newId(), JSON.stringify({ period, format, language }), at],
      );
}
