import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import { type Inputs, rank, rulesOf } from '#assignment';
import {
  type Actor,
  type AssignmentReplay,
  type AssignmentView,
  openTerms,
  type Ranked,
  type TermPoints,
  type WhyMediator,
} from '#contract';
import { Database, DomainError, newId } from '#platform';
import { replayBatch } from './batch.records.js';
import { findCase, subjectOf } from './case.moves.js';

type Row = Omit<AssignmentView, 'at' | 'by' | 'terms'> & { at: Date; made_by: string | null; result: Ranked[] };
type Why = { mediator: string; kind: WhyMediator['kind']; terms: TermPoints[] };

/** How mediators were chosen: the list for the desk, the choice made again, and for the parties what speaks for their mediator. */
@Injectable()
export class AssignmentsService {
  constructor(private readonly db: Database) {}

  list(actor: Actor, caseId: string): Promise<AssignmentView[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'case.offer', await subjectOf(tx, await findCase(tx, caseId)));
      const rows = (await tx.query(assignments, [caseId])) as Row[];
      return rows.map(({ made_by: by, result, ...row }) => ({
        ...row,
        at: row.at.toISOString(),
        by: by ? ('house' as const) : ('system' as const),
        terms: result.find(({ mediatorId }) => mediatorId === row.mediatorId)?.terms ?? [],
      }));
    });
  }

  /** Made again from what was kept, by the rules of that day: the same list, whatever has changed since. */
  replay(actor: Actor, assignmentId: string): Promise<AssignmentReplay> {
    return this.db.transaction(actor, async (tx) => {
      const [kept] = (await tx.query('SELECT case_id, mediator_id, batch_id, rules, inputs, result FROM assignments WHERE id = $1', [
        assignmentId,
      ])) as Kept[];
      if (!kept) throw new DomainError('not_found');
      authorize(actor, 'case.offer', await subjectOf(tx, await findCase(tx, kept.case_id)));
      const ranked = rank(kept.inputs, rulesOf(kept.rules));
      const pair = { caseId: kept.case_id, mediatorId: kept.mediator_id };
      const batch = kept.batch_id ? await replayBatch(tx, kept.batch_id, pair) : null;
      const isSame = JSON.stringify(ranked) === JSON.stringify(kept.result) && (batch?.same ?? true);
      return { same: isSame, rules: kept.rules, ranked, batch };
    });
  }

  /** Of the mediator the case has now. Nothing of others and of their cases, and the same words where a case is kept safe. */
  why(actor: Actor, caseId: string): Promise<WhyMediator[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'case.read', await subjectOf(tx, await findCase(tx, caseId)));
      const rows = (await tx.query(reasons, [caseId])) as Why[];
      return rows.map(({ mediator, kind, terms }) => ({ mediator, kind, terms: terms.map(({ code, says, n }) => ({ code, says, n })) }));
    });
  }
}
type Kept = { case_id: string; mediator_id: string; batch_id: string | null; rules: string; inputs: Inputs; result: Ranked[] };

type Choice = {
  offerId: string;
  mediatorId: string;
  inputs: Inputs;
  ranked: Ranked[];
  by: string | null;
  at: Date;
  batchId: string | null;
};

/** In the transaction of the offer. Kept as json, which stays as it was written. */
export async function keepAssignment(tx: EntityManager, caseId: string, { offerId, mediatorId, inputs, ranked, by, at, batchId }: Choice) {
  const place = ranked.findIndex((one) => one.mediatorId === mediatorId) + 1;
  const among = ranked.filter((one) => one.reasons.length === 0).length;
  await tx.query(
    `INSERT INTO assignments (id, case_id, offer_id, mediator_id, rules, seed, place, among, inputs, result, made_by, made_at, batch_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
    [
      newId(),
      caseId,
      offerId,
      mediatorId,
      inputs.rules,
      inputs.seed,
      place,
      among,
      JSON.stringify(inputs),
      JSON.stringify(ranked),
      by,
      at,
      batchId,
    ],
  );
  const open = ranked[place - 1]?.terms.filter(({ code }) => (openTerms as readonly string[]).includes(code)) ?? [];
  await tx.query('INSERT INTO assignment_reasons (offer_id, case_id, mediator_id, terms) VALUES ($1, $2, $3, $4)', [
    offerId,
    caseId,
    mediatorId,
    JSON.stringify(open),
  ]);
}

const fullName = `concat_ws(' ', q.surname, q.given, nullif(q.patronymic, ''))`;
const assignments = `
  SELECT a.id, a.mediator_id AS "mediatorId", ${fullName} AS mediator, a.rules, a.seed, a.place, a.among, a.made_at AS at, a.made_by, a.result
  FROM assignments a JOIN persons q ON q.id = a.mediator_id WHERE a.case_id = $1 ORDER BY a.made_at DESC, a.id DESC`;
const reasons = `
  SELECT ${fullName} AS mediator, m.kind, r.terms FROM cases c JOIN assignment_reasons r ON r.case_id = c.id AND r.mediator_id = c.mediator_id
    JOIN mediators m ON m.person_id = r.mediator_id JOIN persons q ON q.id = m.person_id
  WHERE c.id = $1 ORDER BY r.offer_id DESC LIMIT 1`;
