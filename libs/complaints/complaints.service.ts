import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, AnswerComplaint, ComplaintSubject, ComplaintView, MakeComplaint } from '#contract';
import { type Day, dayOf, kazakhstan, type Term } from '#hours';
import { Clock, Database, DomainError, Keys, record, violated } from '#platform';
import rules from './data/complaint-rules.json' with { type: 'json' };

type Row = Pick<ComplaintView, 'id' | 'about' | 'by' | 'isOwn' | 'mediator' | 'number' | 'outcome' | 'withdrawn'> & {
  words: Buffer;
  answer: Buffer | null;
  at: Date;
  due: Date;
};

/**
 * A complaint about a mediator goes to the desk, one about the desk to the administrator; who is complained of neither reads nor answers it,
 * and learns of it what they tell him. Answered in words within the term of the day it was made.
 */
@Injectable()
export class ComplaintsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
  ) {}

  /** One's own, or those one has to answer: the longest due first. */
  list(actor: Actor): Promise<ComplaintView[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'complaint.read', null);
      requireSignedIn(actor);
      const now = this.clock.now();
      const rows = (await tx.query(complaints, [actor.id])) as Row[];
      return Promise.all(
        rows.map(async ({ words, answer, at, due, ...row }) => ({
          ...row,
          words: await this.open(tx, row.id, words, 'words'),
          answer: answer && (await this.open(tx, row.id, answer, 'answer')),
          at: at.toISOString(),
          due: due.toISOString(),
          isOverdue: row.outcome === null && !row.withdrawn && due < now,
        })),
      );
    });
  }

  subjects(actor: Actor): Promise<ComplaintSubject[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'complaint.make', null);
      return (await tx.query(subjects, [actor.id])) as ComplaintSubject[];
    });
  }

  make(actor: Actor, { id, about, caseId, mediatorId, words }: MakeComplaint): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'complaint.make', null);
      requireSignedIn(actor);
      const [known] = (await tx.query('SELECT 1 FROM complaints WHERE id = $1', [id])) as object[];
      if (known) return;
      await requireSubject(tx, caseId, mediatorId);
      const at = this.clock.now();
      const { answer, reminder } = termOn(dayOf(at.getTime(), kazakhstan.zone));
      const [due, remindAt] = [answer, reminder].map((term) => new Date(kazakhstan.dueAfter(at.getTime(), term)));
      const sealed = await this.keys.seal(tx, keyOf(id), words, `complaint:${id}:words`);
      await tx
        .query(
          `INSERT INTO complaints (id, person_id, about, mediator_id, case_id, words_sealed, made_at, due_at, remind_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
          [id, actor.id, about, mediatorId, caseId, sealed, at, due, remindAt],
        )
        .catch((error: unknown) => {
          throw violated(error) === 'complaints_one_open' || violated(error) === 'complaints_pk' ? new DomainError('conflict') : error;
        });
      await record(tx, actor, { type: 'complaint.made', at, data: { complaintId: id, about } });
    });
  }

  /** Once; of two who answer at the same time the second is told. */
  answer(actor: Actor, id: string, { outcome, words }: AnswerComplaint): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'complaint.answer', null);
      const [found] = (await tx.query('SELECT person_id, outcome FROM complaints WHERE id = $1 FOR UPDATE', [id])) as {
        person_id: string;
        outcome: string | null;
      }[];
      if (!found) throw new DomainError('not_found');
      if (found.outcome) throw new DomainError('conflict');
      const at = this.clock.now();
      const sealed = await this.keys.seal(tx, keyOf(id), words, `complaint:${id}:answer`);
      await tx.query('UPDATE complaints SET outcome = $2, answer_sealed = $3, answered_at = $4, answered_by = $5 WHERE id = $1', [
        id,
        outcome,
        sealed,
        at,
        actor.id,
      ]);
      await record(tx, actor, { type: 'complaint.answered', at, data: { complaintId: id, personId: found.person_id } });
    });
  }

  /** Taken back by who made it, as long as nobody has answered; who received it has it no more. Done twice it is done once. */
  withdraw(actor: Actor, id: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'complaint.make', null);
      const [found] = (await tx.query('SELECT outcome, withdrawn_at FROM complaints WHERE id = $1 AND person_id = $2', [
        id,
        actor.id,
      ])) as Standing[];
      if (!found) throw new DomainError('not_found');
      if (found.withdrawn_at) return;
      const at = this.clock.now();
      const [, count] = (await tx.query(
        'UPDATE complaints SET withdrawn_at = $2 WHERE id = $1 AND outcome IS NULL AND withdrawn_at IS NULL',
        [id, at],
      )) as [object[], number];
      if (count === 1) return void (await record(tx, actor, { type: 'complaint.withdrawn', at, data: { complaintId: id } }));
      const [now] = (await tx.query('SELECT outcome, withdrawn_at FROM complaints WHERE id = $1', [id])) as Standing[];
      if (!now?.withdrawn_at) throw new DomainError('conflict');
    });
  }

  private open(tx: EntityManager, id: string, sealed: Buffer, field: string) {
    return this.keys.open(tx, keyOf(id), sealed, `complaint:${id}:${field}`);
  }
}

type Standing = { outcome: string | null; withdrawn_at: Date | null };

/** A complaint is a matter of its own with a content key of its own: shredding a case leaves it, and no worker holds such a key. */
const keyOf = (id: string) => ({ scope: 'case', id }) as const;

/** In a case of one's own, of somebody who leads it or led it; anything else is not there. */
async function requireSubject(tx: EntityManager, caseId: string | null, mediatorId: string | null): Promise<void> {
  if (!caseId) return;
  const [allowed] = (await tx.query(
    `SELECT is_participant($1) AND ($2::uuid IS NULL OR $2 IN (SELECT id FROM mediators_of_case($1))) AS fits`,
    [caseId, mediatorId],
  )) as { fits: boolean }[];
  if (!allowed?.fits) throw new DomainError('not_found');
}

type TermRow = {
  value: number;
  remind_after: number;
  unit: string;
  day_type: string;
  office_hours: boolean;
  effective_from: Day | null;
  effective_to: Day | null;
};

/** The term in force on the day a complaint is made, and after how much of it who has to answer is reminded. */
export function termOn(day: Day, rows: readonly TermRow[] = rules.terms): { answer: Term; reminder: Term } {
  const inForce = rows.filter(({ effective_from: from, effective_to: to }) => (from ?? day) <= day && (to === null || day < to));
  if (inForce.length !== 1) throw new RangeError(`${inForce.length} terms of a complaint on ${day}`);
  const { value, remind_after: early, unit, day_type: dayType, office_hours: officeHours } = inForce[0]!;
  const [answer, reminder] = [value, early].map((length) => ({ value: length, unit, dayType, officeHours }) as Term) as [Term, Term];
  return { answer, reminder };
}

const name = (of: string) => `concat_ws(' ', ${of}.surname, ${of}.given)`;
const complaints = `
  SELECT k.id, k.about, ${name('p')} AS by, k.person_id = $1 AS "isOwn", CASE WHEN k.mediator_id IS NOT NULL THEN ${name('m')} END AS mediator, c.number,
    k.words_sealed AS words, k.made_at AS at, k.due_at AS due, k.outcome, k.withdrawn_at IS NOT NULL AS withdrawn, k.answer_sealed AS answer
  FROM complaints k JOIN persons p ON p.id = k.person_id LEFT JOIN persons m ON m.id = k.mediator_id LEFT JOIN cases c ON c.id = k.case_id
  ORDER BY k.outcome IS NOT NULL OR k.withdrawn_at IS NOT NULL, k.due_at, k.id LIMIT 200`;
const subjects = `
  SELECT c.id AS "caseId", c.number, f.id AS "mediatorId", ${name('m')} AS mediator
  FROM (SELECT DISTINCT case_id, person_id FROM parties) p JOIN cases c ON c.id = p.case_id CROSS JOIN LATERAL mediators_of_case(c.id) f JOIN persons m ON m.id = f.id
  WHERE p.person_id = $1 ORDER BY c.created_at DESC, m.surname COLLATE "kk-x-icu", m.id`;
