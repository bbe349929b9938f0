import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import { dueAt } from '#cases';
import type { Actor, CloseIncident, Incident, IncidentTelling, ReportIncident, TellOfIncident } from '#contract';
import { Clock, Database, DomainError, Keys, newId, record } from '#platform';

type Row = {
  id: string;
  kind: Incident['kind'];
  personal: boolean;
  people: number | null;
  noticedAt: Date;
  dueAt: Date | null;
  story: Buffer;
  reportedBy: string;
  reporter: string;
  reportedAt: Date;
  measures: Buffer | null;
  closedBy: string | null;
  closedAt: Date | null;
};
type Told = Omit<IncidentTelling, 'toldAt'> & { incidentId: string; toldAt: Date };

/**
 * The register of incidents. Whether the authorised body was told within one working day of noticing is worked out from what stands here
 * (law.md section 2); nothing in it is overwritten.
 */
@Injectable()
export class IncidentsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
  ) {}

  list(actor: Actor): Promise<Incident[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'incident.keep', null);
      return this.all(tx);
    });
  }

  report(actor: Actor, { kind, personal, people, noticedAt, story }: ReportIncident): Promise<Incident[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'incident.keep', null);
      requireSignedIn(actor);
      const [id, at, noticed] = [newId(), this.clock.now(), new Date(noticedAt)];
      if (noticed > at) throw new DomainError('invalid', { fields: { noticedAt: 'date_future' } });
      const due = personal ? dueAt('DATA_INCIDENT_NOTICE', noticed, localDay(noticed)) : null;
      await tx.query(
        `INSERT INTO incidents (id, kind, personal, people, noticed_at, due_at, story_sealed, reported_by, reported_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [id, kind, personal, people ?? null, noticed, due, await this.seal(tx, actor.id, story, `incident:${id}`), actor.id, at],
      );
      await record(tx, actor, {
        type: 'incident.reported',
        at,
        data: { incidentId: id, kind, ...(due ? { dueAt: due.toISOString() } : {}) },
      });
      return this.all(tx);
    });
  }

  /** That somebody was told, and how. The clock stops when the authorised body was. */
  tell(actor: Actor, incidentId: string, { whom, way, toldAt, number }: TellOfIncident): Promise<Incident[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'incident.keep', null);
      requireSignedIn(actor);
      const found = await lock(tx, incidentId);
      const [at, told] = [this.clock.now(), new Date(toldAt)];
      if (told > at) throw new DomainError('invalid', { fields: { toldAt: 'date_future' } });
      if (told < found.noticedAt) throw new DomainError('invalid', { fields: { toldAt: 'past' } });
      await tx.query(
        'INSERT INTO incident_tellings (id, incident_id, whom, way, told_at, number, told_by, recorded_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
        [newId(), incidentId, whom, way, told, number || null, actor.id, at],
      );
      await record(tx, actor, { type: 'incident.told', at, data: { incidentId, whom, way } });
      return this.all(tx);
    });
  }

  /** Not before the authorised body was told, where the law wants it told. */
  close(actor: Actor, incidentId: string, { measures }: CloseIncident): Promise<Incident[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'incident.keep', null);
      requireSignedIn(actor);
      const found = await lock(tx, incidentId);
      if (found.closedAt) throw new DomainError('case.already_decided');
      if (found.dueAt && !found.isTold) throw new DomainError('incident.not_told');
      const at = this.clock.now();
      await tx.query('UPDATE incidents SET measures_sealed = $2, closed_by = $3, closed_at = $4 WHERE id = $1', [
        incidentId,
        await this.seal(tx, actor.id, measures, `incident-end:${incidentId}`),
        actor.id,
        at,
      ]);
      await record(tx, actor, { type: 'incident.closed', at, data: { incidentId } });
      return this.all(tx);
    });
  }

  private seal = (tx: EntityManager, id: string, text: string, label: string) => this.keys.seal(tx, { scope: 'person', id }, text, label);

  private async all(tx: EntityManager): Promise<Incident[]> {
    const rows = (await tx.query(listed)) as Row[];
    const tellings = (await tx.query(
      `SELECT t.incident_id AS "incidentId", t.whom, t.way, t.told_at AS "toldAt", t.number, concat_ws(' ', p.surname, p.given) AS by
       FROM incident_tellings t JOIN persons p ON p.id = t.told_by ORDER BY t.told_at, t.id`,
    )) as Told[];
    return Promise.all(rows.map((row) => this.view(tx, row, tellings)));
  }

  private async view(tx: EntityManager, row: Row, all: Told[]): Promise<Incident> {
    const { id, reporter, reportedBy, story, closedBy, measures } = row;
    const told = all.filter(({ incidentId }) => incidentId === id);
    const first = told.find(({ whom }) => whom === 'authority')?.toldAt ?? null;
    return {
      id,
      kind: row.kind,
      personal: row.personal,
      people: row.people,
      noticedAt: row.noticedAt.toISOString(),
      dueAt: row.dueAt?.toISOString() ?? null,
      reportedAt: row.reportedAt.toISOString(),
      reporter,
      story: await this.keys.open(tx, { scope: 'person', id: reportedBy }, story, `incident:${id}`),
      measures: measures && closedBy ? await this.keys.open(tx, { scope: 'person', id: closedBy }, measures, `incident-end:${id}`) : null,
      closedAt: row.closedAt?.toISOString() ?? null,
      state: row.closedAt ? 'closed' : first ? 'told' : 'open',
      overdue: row.dueAt !== null && (first ?? this.clock.now()) > row.dueAt,
      tellings: told.map(({ whom, way, toldAt, number, by }) => ({ whom, way, number, by, toldAt: toldAt.toISOString() })),
    };
  }
}

/** The day of Kazakhstan, whose setting governs. */
const localDay = (at: Date) => new Date(at.getTime() + 5 * 3_600_000).toISOString().slice(0, 10);

async function lock(tx: EntityManager, id: string) {
  const [found] = (await tx.query(
    `SELECT i.noticed_at AS "noticedAt", i.due_at AS "dueAt", i.closed_at AS "closedAt",
       EXISTS (SELECT 1 FROM incident_tellings t WHERE t.incident_id = i.id AND t.whom = 'authority') AS "isTold"
     FROM incidents i WHERE i.id = $1 FOR UPDATE`,
    [id],
  )) as { noticedAt: Date; dueAt: Date | null; closedAt: Date | null; isTold: boolean }[];
  if (!found) throw new DomainError('not_found');
  return found;
}

const listed = `SELECT i.id, i.kind, i.personal, i.people, i.noticed_at AS "noticedAt", i.due_at AS "dueAt", i.story_sealed AS story,
    i.reported_by AS "reportedBy", concat_ws(' ', p.surname, p.given) AS reporter, i.reported_at AS "reportedAt",
    i.measures_sealed AS measures, i.closed_by AS "closedBy", i.closed_at AS "closedAt"
  FROM incidents i JOIN persons p ON p.id = i.reported_by ORDER BY i.closed_at IS NOT NULL, i.noticed_at DESC, i.id DESC LIMIT 200`;
