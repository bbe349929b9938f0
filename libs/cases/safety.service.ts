import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, SafetyAnswer, SafetyAnswers, Side, SignedIn } from '#contract';
import { Clock, Database, Keys, newId } from '#platform';
import type { Case } from './case.entity.js';
import { findCase, lockCase, saveCase, subjectOf } from './case.moves.js';

type Row = { id: string; side: Side; answer_sealed: Buffer; given_at: Date };

/**
 * Is it safe to talk? Each side answers alone and never sees the answer again; the accepted mediator reads both. The case keeps one
 * boolean, and with it the sides never meet. No fact of the log tells that somebody answered, or what.
 */
@Injectable()
export class SafetyService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
  ) {}

  answer(actor: Actor, caseId: string, given: SafetyAnswer): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      requireSignedIn(actor);
      const found = await lockCase(tx, caseId);
      const subject = await subjectOf(tx, found);
      authorize(actor, 'case.answer_safety', subject);
      const side = subject.sideB.includes(actor.id) ? 'B' : 'A';
      await writeSafety(tx, this.keys, found, { by: actor, side, given, at: this.clock.now() });
      await saveCase(tx, found);
    });
  }

  read(actor: Actor, caseId: string): Promise<SafetyAnswers> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'case.read_safety', await subjectOf(tx, await findCase(tx, caseId)));
      const rows = (await tx.query(
        'SELECT id, side, answer_sealed, given_at FROM safety_answers WHERE case_id = $1 ORDER BY given_at, id',
        [caseId],
      )) as Row[];
      return Promise.all(
        rows.map(async ({ id, side, answer_sealed: sealed, given_at: at }) => ({
          side,
          ...(JSON.parse(await this.keys.open(tx, { scope: 'case', id: caseId }, sealed, `safety:${id}`)) as SafetyAnswer),
          at: at.toISOString(),
        })),
      );
    });
  }
}

type Written = { by: SignedIn; side: Side; given: SafetyAnswer; at: Date };

/**
 * Seals the answer and raises the flag on `found`, which the caller saves. Once raised it is taken back by nobody else's answer; the
 * applicant alone may think better of it while the application is not sent. In the middle of a case the rooms where the sides meet close
 * in this transaction.
 */
export async function writeSafety(tx: EntityManager, keys: Keys, found: Case, { by, side, given, at }: Written): Promise<void> {
  const id = newId();
  const sealed = await keys.seal(tx, { scope: 'case', id: found.id }, JSON.stringify(given), `safety:${id}`);
  await tx.query('INSERT INTO safety_answers (id, case_id, person_id, side, answer_sealed, given_at) VALUES ($1, $2, $3, $4, $5, $6)', [
    id,
    found.id,
    by.id,
    side,
    sealed,
    at,
  ]);
  if (given.safe === 'yes') {
    if (found.state === 'DRAFT') found.safeProcess = false;
    return;
  }
  found.safeProcess = true;
  found.shuttle = 'required';
  if (found.contractAt) await tx.query('SELECT part_for_safety($1, $2)', [found.id, at]);
}
