import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import { ApplicationService, isCategory, isDistrict } from '#cases';
import type { Actor, AskConsultation, Consultations, ConsultationView, DraftOffer, EndConsultation, ErrorCode } from '#contract';
import { Clock, Database, DomainError, Keys, newId, record } from '#platform';
import data from './data/consultations.json' with { type: 'json' };

type Row = Omit<ConsultationView, 'viewerIs' | 'draft' | 'askedAt' | 'takenAt' | 'endedAt' | 'hour'> & {
  askerId: string;
  mediatorId: string | null;
  askedAt: Date;
  takenAt: Date | null;
  endedAt: Date | null;
  from: Date | null;
  to: Date | null;
  draftSealed: Buffer | null;
};

const columns = `c.id, c.room_id AS "roomId", c.asker_id AS "askerId", c.mediator_id AS "mediatorId", c.language, c.category, c.asked_at AS "askedAt",
  c.taken_at AS "takenAt", c.ended_at AS "endedAt", c.outcome, lower(c.hour) AS "from", upper(c.hour) AS "to", c.draft_sealed AS "draftSealed",
  CASE WHEN c.asker_id = current_person() THEN c.draft_case_id END AS "draftCaseId"`;

/** A question to a mediator on duty, before or instead of an application. What is said stays in its room; the database judges every act once more. */
@Injectable()
export class ConsultationsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly applications: ApplicationService,
  ) {}

  list(actor: Actor): Promise<Consultations> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const at = this.clock.now();
      const rows = (await tx.query(
        `SELECT ${columns} FROM consultations c ORDER BY c.ended_at IS NOT NULL, c.asked_at DESC LIMIT 100`,
      )) as Row[];
      const [duty] = (await tx.query('SELECT upper(during) AS until FROM duties WHERE mediator_id = $1 AND during @> $2::timestamptz', [
        actor.id,
        at,
      ])) as { until: Date }[];
      const waiting = (await tx.query('SELECT * FROM waiting_consultations($1)', [at])) as {
        id: string;
        language: ConsultationView['language'];
        category: string;
        asked_at: Date;
      }[];
      return {
        own: await Promise.all(rows.map((row) => this.view(tx, actor, row))),
        waiting: waiting.map(({ asked_at: askedAt, ...row }) => ({ ...row, askedAt: askedAt.toISOString() })),
        onDutyUntil: actor.role === 'mediator' ? (duty?.until.toISOString() ?? null) : null,
      };
    });
  }

  read(actor: Actor, id: string): Promise<ConsultationView> {
    return this.db.transaction(actor, async (tx) => this.view(tx, actor, await find(tx, actor, id)));
  }

  /** Whoever asks already gets the question that is open, so that pressing twice, or in two tabs, asks once. */
  ask(actor: Actor, { id, language, category, district, source, startsAt }: AskConsultation): Promise<ConsultationView> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'consultation.ask', null);
      await tx.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 64))', [`consultation:${actor.id}`]);
      const [open] = (await tx.query(
        `SELECT ${columns} FROM consultations c WHERE c.id = $1 OR (c.ended_at IS NULL AND c.asker_id = current_person()) ORDER BY c.id <> $1`,
        [id],
      )) as Row[];
      if (open) return this.view(tx, actor, open);
      if (category && !isCategory(category)) throw new DomainError('invalid', { fields: { category: 'choose' } });
      if (district && !isDistrict(district)) throw new DomainError('invalid', { fields: { district: 'choose' } });
      const at = this.clock.now();
      const roomId = newId();
      const hour = startsAt ? hourFrom(startsAt) : null;
      if (hour) await lockMediatorsOf(tx, hour);
      const [{ said }] = (await tx.query('SELECT ask_consultation($1, $2, $3, $4, $5, $6, $7) AS said', [
        id, roomId, language, category, source, hour, at,
      ])) as [{ said: ErrorCode | 'asked' }]; // prettier-ignore
      if (said !== 'asked') throw new DomainError(said);
      if (district) await tx.query('SELECT place_consultation($1, $2)', [id, district]);
      await this.keys.create(tx, { scope: 'room', id: roomId });
      await record(tx, actor, { type: 'consultation.asked', at, data: { consultationId: id } });
      return this.view(tx, actor, await find(tx, actor, id));
    });
  }

  /** By a mediator on duty; whoever comes second finds nothing. */
  take(actor: Actor, id: string): Promise<ConsultationView> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'consultation.take', null);
      const at = this.clock.now();
      const [known] = (await tx.query(`SELECT ${columns} FROM consultations c WHERE c.id = $1`, [id])) as Row[];
      if (known) return this.view(tx, actor, known);
      await insist(tx, 'SELECT take_consultation($1, $2) AS done', [id, at]);
      const taken = await find(tx, actor, id);
      await record(tx, actor, { type: 'consultation.taken', at, data: { consultationId: id, personId: taken.askerId } });
      return this.view(tx, actor, taken);
    });
  }

  /** Written down by the mediator and read by who asked; nothing of it becomes an application before they agree. */
  offerDraft(actor: Actor, id: string, draft: DraftOffer): Promise<ConsultationView> {
    return this.db.transaction(actor, async (tx) => {
      const found = await find(tx, actor, id);
      authorize(actor, 'consultation.take', null);
      const at = this.clock.now();
      const sealed = await this.keys.seal(tx, keyOf(found), JSON.stringify(draft), placeOf(id));
      await insist(tx, 'SELECT offer_draft($1, $2, $3) AS done', [id, sealed, at], 'conflict');
      await record(tx, actor, { type: 'consultation.draft_offered', at, data: { consultationId: id, personId: found.askerId } });
      return this.view(tx, actor, await find(tx, actor, id));
    });
  }

  answerDraft(actor: Actor, id: string, agrees: boolean): Promise<ConsultationView> {
    return this.db.together(actor, async (tx) => {
      const found = await find(tx, actor, id);
      authorize(actor, 'consultation.ask', null);
      if (found.draftCaseId && agrees) return this.view(tx, actor, found);
      if (!found.draftSealed) throw new DomainError('conflict');
      const at = this.clock.now();
      const caseId = agrees ? newId() : null;
      const answers = JSON.parse(await this.keys.open(tx, keyOf(found), found.draftSealed, placeOf(id))) as DraftOffer;
      await insist(tx, 'SELECT answer_draft($1, $2, $3) AS done', [id, caseId, at], 'conflict');
      if (caseId) await this.applications.open(actor, { id: caseId, language: found.language, answers });
      const type = agrees ? 'consultation.ended' : 'consultation.draft_declined';
      await record(tx, actor, { type, at, data: { consultationId: id, personId: found.askerId, ...(agrees && { code: 'draft' }) } });
      return this.view(tx, actor, await find(tx, actor, id));
    });
  }

  end(actor: Actor, id: string, { outcome }: EndConsultation): Promise<ConsultationView> {
    return this.db.transaction(actor, async (tx) => {
      const found = await find(tx, actor, id);
      if (found.endedAt && found.outcome === outcome) return this.view(tx, actor, found);
      const at = this.clock.now();
      await insist(tx, 'SELECT end_consultation($1, $2, $3) AS done', [id, outcome, at], 'conflict');
      await record(tx, actor, { type: 'consultation.ended', at, data: { consultationId: id, personId: found.askerId, code: outcome } });
      return this.view(tx, actor, await find(tx, actor, id));
    });
  }

  private async view(tx: EntityManager, actor: Actor, row: Row): Promise<ConsultationView> {
    const { askerId, mediatorId: _, from, to, draftSealed, askedAt, takenAt, endedAt, ...known } = row;
    return {
      ...known,
      viewerIs: actor.id === askerId ? 'asker' : 'mediator',
      askedAt: askedAt.toISOString(),
      takenAt: takenAt?.toISOString() ?? null,
      endedAt: endedAt?.toISOString() ?? null,
      hour: from && to ? { from: from.toISOString(), to: to.toISOString() } : null,
      draft: draftSealed && (JSON.parse(await this.keys.open(tx, keyOf(row), draftSealed, placeOf(row.id))) as DraftOffer),
    };
  }
}

/** Found by who asked, or by who took it; to everybody else it is not there. */
async function find(tx: EntityManager, actor: Actor, id: string): Promise<Row> {
  const [row] = (await tx.query(`SELECT ${columns} FROM consultations c WHERE c.id = $1`, [id])) as Row[];
  if (!row) throw new DomainError('not_found');
  authorize(actor, 'consultation.read', row);
  return row;
}

async function insist(tx: EntityManager, sql: string, values: unknown[], refusal: ErrorCode = 'not_found') {
  const [{ done }] = (await tx.query(sql, values)) as [{ done: boolean }];
  if (!done) throw new DomainError(refusal);
}

/** In one order, as a booking does: of two who wish the same hour the second finds it taken. */
const lockMediatorsOf = (tx: EntityManager, hour: string) =>
  tx.query(
    `SELECT 1 FROM mediators WHERE person_id IN (SELECT mediator_id FROM duties WHERE during @> $1::tstzrange) ORDER BY person_id FOR UPDATE`,
    [hour],
  );

const hourFrom = (startsAt: string) => `[${startsAt},${new Date(new Date(startsAt).getTime() + data.slot_minutes * 60_000).toISOString()})`;
const keyOf = ({ roomId }: Row) => ({ scope: 'room', id: roomId }) as const;
const placeOf = (id: string) => `consultation:${id}:draft`;
