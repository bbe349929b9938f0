import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, Memorandum, NoteMemorandum } from '#contract';
import { type Day, dayOf, kazakhstan } from '#hours';
import { Clock, Database, DomainError, newId, record, sqlState } from '#platform';

type Row = Omit<Memorandum, 'state' | 'referred'> & { referred: number };

/** With whom the House has agreed that people are sent to mediation: since when, until when, and how many came. */
@Injectable()
export class MemorandaService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  list(actor: Actor): Promise<Memorandum[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'council.read', null);
      return this.all(tx);
    });
  }

  note(actor: Actor, { partner, courtId, refers, number, since, until }: NoteMemorandum): Promise<Memorandum[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'council.keep', null);
      requireSignedIn(actor);
      const [id, at] = [newId(), this.clock.now()];
      try {
        await tx.query(
          `INSERT INTO memoranda (id, partner, court_id, refers, number, since, until, noted_by, noted_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [id, partner, courtId ?? null, refers, number || null, since, until ?? null, actor.id, at],
        );
      } catch (error) {
        if (sqlState(error) === '23503') throw new DomainError('court.unknown');
        throw error;
      }
      await record(tx, actor, { type: 'memorandum.noted', at, data: { memorandumId: id, courtId: courtId ?? null } });
      return this.all(tx);
    });
  }

  /** From today on; what was referred before stays referred. */
  end(actor: Actor, id: string): Promise<Memorandum[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'council.keep', null);
      const at = this.clock.now();
      const [, ended] = (await tx.query('UPDATE memoranda SET ended_on = greatest($2::date, since) WHERE id = $1 AND ended_on IS NULL', [
        id,
        today(at),
      ])) as [unknown, number];
      if (ended === 0) throw new DomainError('not_found');
      await record(tx, actor, { type: 'memorandum.ended', at, data: { memorandumId: id } });
      return this.all(tx);
    });
  }

  private async all(tx: EntityManager): Promise<Memorandum[]> {
    const rows = (await tx.query(
      `SELECT m.id, m.partner, m.court_id AS "courtId", m.refers, m.number, m.since::text AS since, m.until::text AS until, m.ended_on::text AS "endedOn",
         c.referred::float8 AS referred
       FROM memoranda m JOIN memorandum_counts() c ON c.memorandum = m.id ORDER BY m.ended_on IS NOT NULL, m.partner COLLATE "kk-x-icu", m.since`,
    )) as Row[];
    const day = today(this.clock.now());
    return rows.map((row) => ({ ...row, referred: row.courtId ? row.referred : null, state: stateOf(row, day) }));
  }
}

const today = (at: Date): Day => dayOf(at.getTime(), kazakhstan.zone);

function stateOf({ since, until, endedOn }: Pick<Row, 'since' | 'until' | 'endedOn'>, day: Day): Memorandum['state'] {
  if (endedOn && endedOn <= day) return 'ended';
  if (since > day) return 'coming';
  return until && until < day ? 'lapsed' : 'open';
}
