import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, can, requireSignedIn } from '#access';
import { type Actor, importLimits, type ImportKind, type ImportPreview, type ImportView } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import { Clock, Database, DomainError, KeyedHash, newId } from '#platform';
import type { Good } from './columns.js';
import { CourtImports } from './court.imports.js';
import { HolidayImports } from './holiday.imports.js';
import type { KindOf, Written } from './import.kind.js';
import { JudgedTables, type JudgedTable } from './judged.tables.js';
import { MediatorImports } from './mediator.imports.js';
import { ReferralImports } from './referral.imports.js';
import { readTable } from './table.js';

type Row = { id: string; kind: ImportKind; made_at: Date; rows: number; good: number; undone_at: Date | null };
type Line = { line: number; caseId: string | null; subject: string | null; before: object | null; after: object | null };
const columns = 'id, kind, made_at, rows, good, undone_at';

/**
 * Tables that offices send. The file itself is never kept: it is judged, and sent again with each batch until all of it is in. What stays is
 * its hash, so that the same file does not go in twice, and which line became what, so that it can be undone.
 */
@Injectable()
export class ImportsService {
  private readonly kinds: Record<ImportKind, KindOf<unknown>>;
  private readonly tables: JudgedTables;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly hashes: KeyedHash,
    referrals: ReferralImports,
    mediators: MediatorImports,
    holidays: HolidayImports,
    courts: CourtImports,
  ) {
    this.tables = new JudgedTables(clock);
    this.kinds = { referrals, mediators, holidays, courts } as Record<ImportKind, KindOf<unknown>>;
  }

  mayTakeIn(actor: Actor, kind: ImportKind): boolean {
    return can(actor, this.kinds[kind].may, null);
  }

  list(actor: Actor, kind: ImportKind): Promise<ImportView[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, this.kinds[kind].may, null);
      const rows = (await tx.query(`SELECT ${columns} FROM imports WHERE kind = $1 ORDER BY made_at DESC, id LIMIT 20`, [kind])) as Row[];
      return Promise.all(rows.map((row) => view(tx, row)));
    });
  }

  async preview(actor: Actor, kind: ImportKind, bytes: Buffer): Promise<ImportPreview> {
    authorize(actor, this.kinds[kind].may, null);
    const { rows, judged } = await this.judgeAnew(actor, kind, bytes);
    const known = await this.db.transaction(actor, async (tx) => {
      const found = await this.held(tx, kind, bytes);
      return found ? view(tx, found) : null;
    });
    return { rows, good: judged.good.length, missing: judged.missing, faults: judged.faults.slice(0, importLimits.faults), known };
  }

  /** The next batch of a file, in one transaction; asked again until all is in. A row with a mistake stays out. */
  async apply(actor: Actor, kind: ImportKind, bytes: Buffer): Promise<ImportView> {
    authorize(actor, this.kinds[kind].may, null);
    const key = this.keyOf(kind, bytes);
    const table = this.tables.find(key) ?? (await this.judgeAnew(actor, kind, bytes));
    const fields = Object.fromEntries(table.judged.missing.map((column) => [column, 'required']));
    if (table.judged.missing.length > 0) throw new DomainError('invalid', { fields });
    const taken = await this.takeNext(actor, kind, bytes, table).catch((error: unknown) => {
      this.tables.forget(key); // what it was judged by may have changed
      throw error;
    });
    if (taken.done >= taken.good) this.tables.forget(key);
    await this.kinds[kind].settled?.();
    return taken;
  }

  private takeNext(actor: Actor, kind: ImportKind, bytes: Buffer, { rows, judged }: JudgedTable): Promise<ImportView> {
    return this.db.transaction(actor, async (tx) => {
      requireSignedIn(actor);
      await tx.query(
        `INSERT INTO imports (id, kind, file_hash, made_by, made_at, rows, good) VALUES ($1, $2, $3, $4, $5, $6, $7)
         ON CONFLICT (kind, file_hash) WHERE undone_at IS NULL DO NOTHING`,
        [newId(), kind, this.hashOf(bytes), actor.id, this.clock.now(), rows, judged.good.length],
      );
      const held = (await this.held(tx, kind, bytes, 'FOR UPDATE'))!;
      await this.put(tx, actor, held, judged.good);
      return view(tx, held);
    });
  }

  /** The next batch, taken back, the last line first. What somebody has worked on since stays and is named. */
  async undo(actor: Actor, id: string): Promise<ImportView> {
    const [kind, undone] = await this.db.transaction(actor, async (tx) => {
      requireSignedIn(actor);
      const [held] = (await tx.query(`SELECT ${columns} FROM imports WHERE id = $1 FOR UPDATE`, [id])) as Row[];
      if (!held) throw new DomainError('not_found');
      authorize(actor, this.kinds[held.kind].may, null);
      const at = this.clock.now();
      if (!held.undone_at) await tx.query('UPDATE imports SET undone_at = $2 WHERE id = $1', [id, at]);
      const rows = (await tx.query(
        `SELECT line, case_id AS "caseId", subject, before, after FROM import_rows WHERE import_id = $1 AND undone_at IS NULL AND kept_at IS NULL
         ORDER BY line DESC LIMIT $2`,
        [id, this.kinds[held.kind].atOnce ?? importLimits.batch],
      )) as Line[];
      const isBack = await this.kinds[held.kind].takeBack(tx, actor, rows.map(writtenOf), id);
      const lines = (wanted: boolean) => rows.filter((_, nth) => isBack[nth] === wanted).map(({ line }) => line);
      const [back, kept] = [lines(true), lines(false)];
      await tx.query('UPDATE import_rows SET undone_at = $3 WHERE import_id = $1 AND line = ANY($2)', [id, back, at]);
      await tx.query('UPDATE import_rows SET kept_at = $3 WHERE import_id = $1 AND line = ANY($2)', [id, kept, at]);
      return [held.kind, await view(tx, { ...held, undone_at: held.undone_at ?? at })] as const;
    });
    await this.kinds[kind].settled?.();
    return undone;
  }

  private async held(tx: EntityManager, kind: ImportKind, bytes: Buffer, lock = ''): Promise<Row | undefined> {
    const found = `SELECT ${columns} FROM imports WHERE kind = $1 AND file_hash = $2 AND undone_at IS NULL ${lock}`;
    return ((await tx.query(found, [kind, this.hashOf(bytes)])) as Row[])[0];
  }

  private async put(tx: EntityManager, actor: Actor, { id, kind }: Row, good: Good<unknown>[]) {
    requireSignedIn(actor);
    const done = (await tx.query('SELECT line FROM import_rows WHERE import_id = $1', [id])) as { line: number }[];
    const lines = new Set(done.map(({ line }) => line));
    const next = good.filter(({ line }) => !lines.has(line)).slice(0, this.kinds[kind].atOnce ?? importLimits.batch);
    const put = await this.kinds[kind].put(tx, actor, next.map(({ row }) => row)); // prettier-ignore
    const written = next.map(({ line }, nth) => ({ line, ...put[nth] }));
    await tx.query(
      `INSERT INTO import_rows (import_id, line, case_id, subject, before, after)
       SELECT $1, line, "caseId", subject, before, after
       FROM jsonb_to_recordset($2::jsonb) AS t (line int, "caseId" uuid, subject text, before jsonb, after jsonb)`,
      [id, JSON.stringify(written)],
    );
  }

  private async judgeAnew(actor: Actor, kind: ImportKind, bytes: Buffer): Promise<JudgedTable> {
    const table = await readTable(bytes);
    const found = { rows: table.rows.length, judged: await this.kinds[kind].judge(table, this.today(), actor) };
    if (this.kinds[kind].isJudgedOnce) this.tables.keep(this.keyOf(kind, bytes), found);
    return found;
  }

  /** Of these very bytes, judged as of this day. */
  private readonly keyOf = (kind: ImportKind, bytes: Buffer) => `${kind}:${this.today()}:${this.hashOf(bytes).toString('hex')}`;
  private readonly today = () => dayOf(this.clock.now().getTime(), kazakhstan.zone);
  private readonly hashOf = (bytes: Buffer) => this.hashes.of('import', bytes.toString('latin1'));
}

const writtenOf = ({ caseId, subject, before, after }: Line): Written =>
  caseId ? { caseId } : { subject: subject!, before, after: after! };

async function view(tx: EntityManager, { id, made_at, rows, good, undone_at }: Row): Promise<ImportView> {
  const [counted] = (await tx.query('SELECT count(*)::int AS done, count(undone_at)::int AS undone FROM import_rows WHERE import_id = $1', [
    id,
  ])) as [{ done: number; undone: number }];
  const kept = (await tx.query(
    `SELECT r.line, coalesce(c.number, m.register_number, r.subject) AS name FROM import_rows r LEFT JOIN cases c ON c.id = r.case_id
       LEFT JOIN mediators m ON m.person_id::text = r.subject
     WHERE r.import_id = $1 AND r.kept_at IS NOT NULL ORDER BY r.line`,
    [id],
  )) as ImportView['kept'];
  return { id, madeAt: made_at.toISOString(), rows, good, ...counted, undoneAt: undone_at?.toISOString() ?? null, kept };
}
