import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, CasePartner, Memorandum, NoteMemorandum, NotePartner } from '#contract';
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

  /** Which partner sent the people of a case; which it may be: any that may refer, is no court, and whose memorandum stands today. */
  partnerOf(actor: Actor, caseId: string): Promise<CasePartner> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'council.keep', null);
      await requireFiled(tx, caseId);
      return this.partner(tx, caseId);
    });
  }

  /** Once: a court's case has its court, and what was counted stays counted. */
  credit(actor: Actor, caseId: string, { memorandumId }: NotePartner): Promise<CasePartner> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'council.keep', null);
      requireSignedIn(actor);
      const { door } = await requireFiled(tx, caseId);
      const { memorandumId: noted, choices } = await this.partner(tx, caseId);
      if (noted === memorandumId) return this.partner(tx, caseId);
      if (noted || door === 'court') throw new DomainError('case.already_decided');
      if (!choices.some(({ id }) => id === memorandumId)) throw new DomainError('invalid', { fields: { memorandumId: 'wrong' } });
      const at = this.clock.now();
      const [made] = (await tx.query(
        'INSERT INTO partner_referrals (case_id, memorandum_id, noted_by, noted_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING RETURNING 1',
        [caseId, memorandumId, actor.id, at],
      )) as unknown[];
      if (made) await record(tx, actor, { type: 'memorandum.credited', at, data: { memorandumId } });
      const now = await this.partner(tx, caseId);
      if (now.memorandumId !== memorandumId) throw new DomainError('case.already_decided'); // of two at once the other was first
      return now;
    });
  }

  private async partner(tx: EntityManager, caseId: string): Promise<CasePartner> {
    const [noted] = (await tx.query(
      'SELECT m.id, m.partner FROM partner_referrals p JOIN memoranda m ON m.id = p.memorandum_id WHERE p.case_id = $1',
      [caseId],
    )) as { id: string; partner: string }[];
    const choices = (await tx.query(
      `SELECT id, partner FROM memoranda WHERE refers AND court_id IS NULL AND since <= $1::date AND coalesce(until, $1::date) >= $1::date AND ended_on IS NULL
       ORDER BY partner COLLATE "kk-x-icu"`,
      [today(this.clock.now())],
    )) as CasePartner['choices'];
    return { memorandumId: noted?.id ?? null, partner: noted?.partner ?? null, choices };
  }

  private async all(tx: EntityManager): Promise<Memorandum[]> {
    const rows = (await tx.query(
      `SELECT m.id, m.partner, m.court_id AS "courtId", m.refers, m.number, m.since::text AS since, m.until::text AS until, m.ended_on::text AS "endedOn",
         c.referred::float8 AS referred
       FROM memoranda m JOIN memorandum_counts() c ON c.memorandum = m.id ORDER BY m.ended_on IS NOT NULL, m.partner COLLATE "kk-x-icu", m.since`,
    )) as Row[];
    const day = today(this.clock.now());
    return rows.map((row) => ({ ...row, referred: row.refers || row.courtId ? row.referred : null, state: stateOf(row, day) }));
  }
}

/** What the desk can see of it; drafts it cannot. */
async function requireFiled(tx: EntityManager, caseId: string): Promise<{ door: string }> {
  const [found] = (await tx.query(`SELECT door FROM cases WHERE id = $1 AND state <> 'DRAFT'`, [caseId])) as { door: string }[];
  if (!found) throw new DomainError('not_found');
  return found;
}

const today = (at: Date): Day => dayOf(at.getTime(), kazakhstan.zone);

function stateOf({ since, until, endedOn }: Pick<Row, 'since' | 'until' | 'endedOn'>, day: Day): Memorandum['state'] {
  if (endedOn && endedOn <= day) return 'ended';
  if (since > day) return 'coming';
  return until && until < day ? 'lapsed' : 'open';
}
