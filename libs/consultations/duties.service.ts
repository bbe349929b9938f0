import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, ConsultationHours, DeskConsultations, DutyView, KeepDuty } from '#contract';
import { Clock, Database, DomainError, sqlState } from '#platform';
import data from './data/consultations.json' with { type: 'json' };

const dayMs = 86_400_000;
/** On the day of that moment (0124). */
const stands = (moment: string) => `stands_on(m.status, m.status_from, m.status_until, ${moment})`;
const name = `concat_ws(' ', p.surname, p.given, nullif(p.patronymic, ''))`;

/** Who answers questions when: kept by the desk by day and hours, and told to anybody without names. */
@Injectable()
export class DutiesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  hours(actor: Actor): Promise<ConsultationHours> {
    return this.db.transaction(actor, async (tx) => {
      const at = this.clock.now();
      const until = new Date(at.getTime() + data.shown_days * dayMs);
      const rows = (await tx.query(
        `SELECT lower(r) AS from, upper(r) AS to FROM (SELECT unnest(range_agg(d.during)) AS r FROM duties d
         JOIN mediators m ON m.person_id = d.mediator_id AND ${stands('$1')} WHERE upper(d.during) > $1 AND lower(d.during) < $2) x ORDER BY 1`,
        [at, until],
      )) as { from: Date; to: Date }[];
      const starts = (await tx.query('SELECT starts_at FROM free_consultation_hours($1, $2, $3)', [at, data.slot_minutes, until])) as {
        starts_at: Date;
      }[];
      return {
        onDuty: rows.some(({ from }) => from <= at),
        hours: rows.map(({ from, to }) => ({ from: from.toISOString(), to: to.toISOString() })),
        starts: starts.map(({ starts_at: start }) => start.toISOString()),
      };
    });
  }

  /** The roster, who can stand in it, and how many asked what came of it. Not whose questions. */
  overview(actor: Actor): Promise<DeskConsultations> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'duty.keep', null);
      const at = this.clock.now();
      const [counted] = (await tx.query('SELECT * FROM consultation_totals($1, $2)', [new Date(at.getTime() - 30 * dayMs), at])) as [
        Record<keyof DeskConsultations['totals'], string> & { oldest_waiting: Date | null },
      ];
      const { oldest_waiting: oldest, ...totals } = counted;
      return {
        totals: Object.fromEntries(Object.entries(totals).map(([key, value]) => [key, Number(value)])) as DeskConsultations['totals'],
        oldestWaiting: oldest?.toISOString() ?? null,
        duties: await duties(tx, 'upper(d.during) > $1', at),
        mediators: (await tx.query(
          `SELECT m.person_id AS id, ${name} AS name FROM mediators m JOIN persons p ON p.id = m.person_id
           WHERE ${stands('$1')} AND p.disabled_at IS NULL ORDER BY p.surname COLLATE "kk-x-icu", p.given COLLATE "kk-x-icu", m.person_id`,
          [at],
        )) as DeskConsultations['mediators'],
      };
    });
  }

  /** Written anew or for the first time: the id is the browser's. A turn that is over stays as it was. */
  async keep(actor: Actor, id: string, { mediatorId, from, to }: KeepDuty): Promise<DutyView> {
    authorize(actor, 'duty.keep', null);
    requireSignedIn(actor);
    const at = this.clock.now();
    if (!(from < to) || new Date(to) <= at) throw new DomainError('invalid', { fields: { to: 'wrong' } });
    if (new Date(to).getTime() - new Date(from).getTime() > dayMs / 2) throw new DomainError('invalid', { fields: { to: 'too_long' } });
    try {
      return await this.db.transaction(actor, async (tx) => {
        const [fit] = (await tx.query(`SELECT 1 AS fits FROM mediators m WHERE m.person_id = $1 AND ${stands('$2')}`, [
          mediatorId,
          from,
        ])) as object[];
        if (!fit) throw new DomainError('invalid', { fields: { mediatorId: 'choose' } });
        await tx.query(
          `INSERT INTO duties (id, mediator_id, during, kept_by, kept_at) VALUES ($1, $2, tstzrange($3, $4), $5, $6)
           ON CONFLICT (id) DO UPDATE SET mediator_id = excluded.mediator_id, during = excluded.during, kept_by = excluded.kept_by, kept_at = excluded.kept_at
           WHERE upper(duties.during) > $6`,
          [id, mediatorId, from, to, actor.id, at],
        );
        const [kept] = await duties(tx, 'd.id = $1', id);
        if (!kept) throw new DomainError('conflict');
        return kept;
      });
    } catch (error) {
      if (sqlState(error) === '23P01') throw new DomainError('invalid', { fields: { from: 'duty_overlaps' } });
      throw error;
    }
  }

  /** Hours promised to somebody stand: they are the mediator's word, not the roster's. */
  async remove(actor: Actor, id: string): Promise<void> {
    authorize(actor, 'duty.keep', null);
    await this.db.transaction(actor, (tx) => tx.query('DELETE FROM duties WHERE id = $1', [id]));
  }
}

async function duties(tx: EntityManager, where: string, value: unknown): Promise<DutyView[]> {
  const rows = (await tx.query(
    `SELECT d.id, d.mediator_id AS "mediatorId", ${name} AS mediator, lower(d.during) AS from, upper(d.during) AS to
     FROM duties d JOIN persons p ON p.id = d.mediator_id WHERE ${where} ORDER BY lower(d.during), d.id LIMIT 200`,
    [value],
  )) as (Omit<DutyView, 'from' | 'to'> & { from: Date; to: Date })[];
  return rows.map(({ from, to, ...row }) => ({ ...row, from: from.toISOString(), to: to.toISOString() }));
}
