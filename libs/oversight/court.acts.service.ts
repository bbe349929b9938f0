import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, CourtAct, EnterCourtAct, ErrorCode, EventType, SignedIn } from '#contract';
import { Clock, Database, DomainError, newId, record, sqlState, violated } from '#platform';
import { CourtCaseload } from './court.caseload.js';

type Row = Omit<CourtAct, 'enteredAt' | 'decidedAt' | 'standing' | 'mayDecide'> & {
  enteredAt: Date;
  decidedAt: Date | null;
  enteredById: string;
};

/** How the database refuses an act (0097), and a second one of what may be once. */
const refusals: Record<string, ErrorCode> = {
  KE001: 'not_found',
  KE002: 'court.not_waiting',
  KE003: 'court.before_referral',
  '23001': 'case.already_decided', // of two who decide at once the second finds the act as it stands
};
const once: Record<string, ErrorCode> = {
  court_acts_one_ruling: 'case.already_decided',
  court_acts_one_open_correction: 'case.already_decided',
};
const eventOf = { term: 'court.term_set', suspension: 'court.suspended', resumption: 'court.resumed', ruling: 'case.court_ruled' } as const;

/** What a court enters: its term, a suspension, its ruling. Nothing is overwritten: a correction counts once a second person accepts it. */
@Injectable()
export class CourtActsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly caseload: CourtCaseload,
  ) {}

  async list(actor: Actor, caseId: string): Promise<CourtAct[]> {
    await this.caseload.card(actor, caseId);
    return this.db.transaction(actor, (tx) => actsOf(tx, actor, caseId));
  }

  async enter(actor: Actor, caseId: string, asked: EnterCourtAct): Promise<CourtAct[]> {
    authorize(actor, 'court.rule', null);
    requireSignedIn(actor);
    const { state: from } = await this.caseload.card(actor, caseId);
    const at = this.clock.now();
    const today = new Date(at.getTime() + 5 * 3_600_000).toISOString().slice(0, 10);
    if (asked.on > today) throw new DomainError('invalid', { fields: { on: 'date_future' } });
    return this.refusing(() =>
      this.db.transaction(actor, async (tx) => {
        await insert(tx, actor, caseId, asked, at);
        if (asked.corrects) await record(tx, actor, { type: 'court.correction_proposed', caseId, at, data: { kind: asked.kind } });
        else await record(tx, actor, { type: eventOf[asked.kind], caseId, at, data: dataOf(asked, from) });
        return actsOf(tx, actor, caseId);
      }),
    );
  }

  /** By another person of the same court than who proposed it. */
  decide(actor: Actor, id: string, accepted: boolean): Promise<CourtAct[]> {
    return this.refusing(() =>
      this.db.transaction(actor, async (tx) => {
        authorize(actor, 'court.rule', null);
        requireSignedIn(actor);
        const at = this.clock.now();
        const [found] = (await tx.query(
          `SELECT a.case_id AS "caseId", a.entered_by AS "by", a.decided_by AS "decidedBy", a.kind, a.outcome, a.until::text AS until,
             (SELECT p.outcome FROM court_acts p WHERE p.id = a.corrects OR (p.corrects = a.corrects AND p.accepted) ORDER BY p.entered_at DESC LIMIT 1) AS former
           FROM court_acts a WHERE a.id = $1 AND a.corrects IS NOT NULL`,
          [id],
        )) as {
          caseId: string;
          by: string;
          decidedBy: string | null;
          kind: keyof typeof eventOf;
          outcome: string | null;
          until: string | null;
          former: string | null;
        }[];
        if (!found) throw new DomainError('not_found');
        if (found.decidedBy) throw new DomainError('case.already_decided');
        if (found.by === actor.id) throw new DomainError('court.same_person');
        await tx.query('UPDATE court_acts SET decided_by = $2, decided_at = $3, accepted = $4 WHERE id = $1', [id, actor.id, at, accepted]);
        const type: EventType = accepted ? 'court.corrected' : 'court.correction_declined';
        const moved = accepted && found.kind === 'ruling' ? moveOf(found.outcome!, stateAfter(found.former!)) : {};
        await record(tx, actor, { type, caseId: found.caseId, at, data: { kind: found.kind, ...moved } });
        return actsOf(tx, actor, found.caseId);
      }),
    );
  }

  private async refusing<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await work();
    } catch (error) {
      const code = refusals[sqlState(error) ?? ''] ?? once[violated(error) ?? ''];
      throw code ? new DomainError(code) : error;
    }
  }
}

const stateAfter = (outcome: string) => (outcome === 'approved' ? 'COURT_APPROVED' : 'COURT_REFUSED');
/** The move a ruling is; none where a correction leaves the state as it was. */
function moveOf(outcome: string, from: string): Record<string, string> {
  const to = stateAfter(outcome);
  return from === to ? {} : { action: outcome === 'approved' ? 'court_approve' : 'court_refuse', from, to };
}

function dataOf(asked: EnterCourtAct, from: string): Record<string, string | boolean> {
  if (asked.kind === 'term') return { dueAt: new Date(`${asked.until}T23:59:59+05:00`).toISOString() };
  if (asked.kind === 'suspension' || asked.kind === 'resumption') return {};
  return { outcome: asked.outcome, refund: asked.dutyRefund, ...moveOf(asked.outcome, from) };
}

const insert = (tx: EntityManager, actor: SignedIn, caseId: string, asked: EnterCourtAct, at: Date) =>
  tx.query(
    `INSERT INTO court_acts (id, case_id, court_id, kind, on_date, until, number, outcome, grounds, duty_refund, duty_amount, entered_by, entered_at, corrects)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
    [
      newId(),
      caseId,
      actor.courtId,
      asked.kind,
      asked.on,
      'until' in asked ? (asked.until ?? null) : null,
      asked.number ?? null,
      asked.kind === 'ruling' ? asked.outcome : null,
      asked.kind === 'ruling' ? asked.grounds : [],
      asked.kind === 'ruling' && asked.dutyRefund,
      asked.kind === 'ruling' ? (asked.dutyAmount ?? null) : null,
      actor.id,
      at,
      asked.corrects ?? null,
    ],
  );

/** In the order they were entered; what stands is the last accepted one of each line of corrections. */
async function actsOf(tx: EntityManager, actor: Actor, caseId: string): Promise<CourtAct[]> {
  const rows = (await tx.query(
    `SELECT a.id, a.kind, a.on_date::text AS "on", a.until::text AS until, a.number, a.outcome, a.grounds, a.duty_refund AS "dutyRefund", a.duty_amount::float8 AS "dutyAmount",
       concat_ws(' ', p.surname, p.given) AS "enteredBy", a.entered_by AS "enteredById", a.entered_at AS "enteredAt", a.corrects,
       a.decided_at AS "decidedAt", a.accepted, (SELECT concat_ws(' ', q.surname, q.given) FROM persons q WHERE q.id = a.decided_by) AS "decidedBy"
     FROM court_acts a JOIN persons p ON p.id = a.entered_by WHERE a.case_id = $1 ORDER BY a.entered_at, a.id`,
    [caseId],
  )) as Row[];
  return rows.map(({ enteredById, enteredAt, decidedAt, ...act }) => {
    const line = act.corrects ?? act.id;
    const last = rows.filter(({ id, corrects, accepted }) => id === line || (corrects === line && accepted)).at(-1);
    return {
      ...act,
      enteredAt: enteredAt.toISOString(),
      decidedAt: decidedAt?.toISOString() ?? null,
      standing: last?.id === act.id,
      mayDecide: act.corrects !== null && decidedAt === null && enteredById !== actor.id,
    };
  });
}
