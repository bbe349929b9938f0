import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, AskExport, ExportView } from '#contract';
import { Clock, Database, DomainError, newId, record } from '#platform';

type Row = Omit<ExportView, 'askedAt' | 'expiresAt'> & { askedAt: Date; expiresAt: Date | null };
/** At once, and in a day, for one person in one office. */
const [inHandAtMost, dailyAtMost] = [5, 100];
const shownAtMost = 20;
const columns = `id, asked || jsonb_build_object('kind', kind) AS asked, asked_at AS "askedAt", state, reason, done, total, expires_at AS "expiresAt", size, person_id IS NULL AS scheduled`;

/** Files that the worker makes: asked for, looked after, fetched while they last. That one was asked for, and each time one is taken, are facts. */
@Injectable()
export class ExportsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** The same file while it is being made is the same row, however often and from however many windows it is asked for. */
  ask(actor: Actor, asked: AskExport): Promise<ExportView> {
    authorize(actor, asked.kind === 'register' ? 'court.caseload' : 'report.read', null);
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended($1, 1))`, [actor.id]);
      const { kind, ...file } = asked;
      const [known] = (await tx.query(
        `SELECT ${columns} FROM exports WHERE person_id = $1 AND kind = $2 AND asked = $3 AND state IN ('waiting', 'making')`,
        [actor.id, kind, JSON.stringify(file)],
      )) as Row[];
      if (known) return viewOf(known);
      await this.requireMeasure(tx, actor.id);
      const [id, at] = [newId(), this.clock.now()];
      const [made] = (await tx.query(
        `INSERT INTO exports (id, person_id, office, court_id, kind, asked, asked_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING ${columns}`,
        [id, actor.id, actor.role, actor.courtId ?? null, kind, JSON.stringify(file), at],
      )) as Row[];
      await record(tx, actor, { type: 'export.asked', at, data: { exportId: id, kind, ...file } });
      return viewOf(made!);
    });
  }

  list(actor: Actor): Promise<ExportView[]> {
    authorize(actor, 'report.read', null);
    return this.db.transaction(actor, async (tx) => {
      const rows = (await tx.query(`SELECT ${columns} FROM exports ORDER BY asked_at DESC, id DESC LIMIT $1`, [shownAtMost])) as Row[];
      return rows.map(viewOf);
    });
  }

  /** Somebody else's, another court's and one that never was are absent alike. */
  file(actor: Actor, id: string): Promise<{ name: string; type: string; bytes: Buffer }> {
    authorize(actor, 'report.read', null);
    return this.db.transaction(actor, async (tx) => {
      const at = this.clock.now();
      const [found] = (await tx.query('SELECT state, expires_at AS "expiresAt", kind, name, type, bytes FROM exports WHERE id = $1', [
        id,
      ])) as {
        state: string;
        expiresAt: Date | null;
        kind: string;
        name: string;
        type: string;
        bytes: Buffer | null;
      }[];
      if (!found) throw new DomainError('not_found');
      if (found.state === 'expired' || (found.expiresAt && found.expiresAt <= at)) throw new DomainError('export.expired');
      if (!found.bytes) throw new DomainError('export.not_ready');
      await record(tx, actor, { type: 'export.taken', at, data: { exportId: id, kind: found.kind } });
      return { name: found.name, type: found.type, bytes: found.bytes };
    });
  }

  private async requireMeasure(tx: EntityManager, personId: string) {
    const [count] = (await tx.query(
      `SELECT count(*) FILTER (WHERE state IN ('waiting', 'making'))::integer AS "inHand", count(*)::integer AS daily FROM exports WHERE person_id = $1 AND asked_at > $2`,
      [personId, new Date(this.clock.now().getTime() - 86_400_000)],
    )) as [{ inHand: number; daily: number }];
    if (count.inHand >= inHandAtMost || count.daily >= dailyAtMost) throw new DomainError('export.limit');
  }
}

const viewOf = ({ askedAt, expiresAt, ...row }: Row): ExportView => ({
  ...row,
  askedAt: askedAt.toISOString(),
  expiresAt: expiresAt?.toISOString() ?? null,
});
