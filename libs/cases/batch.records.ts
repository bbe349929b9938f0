import type { EntityManager } from 'typeorm';
import { type Inputs, match, type Queue, rulesOf } from '#assignment';
import type { Actor } from '#contract';
import { DomainError, newId } from '#platform';
import type { Case } from './case.entity.js';

export type Batch = { id: string; pairs: Map<string, string> };
type Result = { pairs: [string, string][]; total: number };
type Row = { inputs: Queue; result: Result; made_at: Date };
const appliedWithinMs = 12 * 3_600_000;

/** A whole pile chosen for at once, kept as json, which stays as it was written. Of what was never applied the cleaner keeps nothing (apps/worker). */
export async function keepBatch(tx: EntityManager, all: readonly Inputs[], by: Actor, at: Date): Promise<Batch> {
  const queue = queueOf(all);
  const result = resultOf(queue);
  const id = newId();
  await tx.query(
    `INSERT INTO assignment_batches (id, case_ids, rules, seed, inputs, result, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [id, queue.cases.map((one) => one.id), queue.rules, queue.seed, JSON.stringify(queue), JSON.stringify(result), by.id, at],
  );
  return { id, pairs: new Map(result.pairs) };
}

/** Whom the preview named for the case. What has moved since, or is from another day, is to be looked at again. */
export async function chosenIn(tx: EntityManager, batchId: string, found: Case, at: Date): Promise<string> {
  const kept = await findBatch(tx, batchId);
  if (!kept) throw new DomainError('not_found');
  if (found.stateSince > kept.made_at || at.getTime() - kept.made_at.getTime() > appliedWithinMs) throw new DomainError('stale');
  const mediatorId = new Map(kept.result.pairs).get(found.id);
  if (!mediatorId) throw new DomainError('invalid', { fields: { batchId: 'choose' } });
  return mediatorId;
}

/** The matching made again by the rules of that day. Null to whom one of its cases is closed: then only the list can be made again. */
export async function replayBatch(tx: EntityManager, batchId: string, pair: { caseId: string; mediatorId: string }) {
  const kept = await findBatch(tx, batchId);
  if (!kept) return null;
  const again = resultOf(kept.inputs);
  const isPaired = again.pairs.some(([caseId, mediatorId]) => caseId === pair.caseId && mediatorId === pair.mediatorId);
  return { same: isPaired && JSON.stringify(again) === JSON.stringify(kept.result), cases: kept.inputs.cases.length };
}

/** How far off the first common hour is differs from case to case; all else of a mediator is the same for each. */
function queueOf(all: readonly Inputs[]): Queue {
  const sorted = all.toSorted((one, other) => (one.asked.id < other.asked.id ? -1 : 1));
  const { on, mediators, rules } = sorted[0]!;
  return {
    on,
    cases: sorted.map(({ asked }) => asked),
    mediators: mediators.map((one) => ({ ...one, freeInDays: null })),
    ties: Object.fromEntries(sorted.map(({ asked, ties }) => [asked.id, ties])),
    hours: Object.fromEntries(
      sorted.map(({ asked, mediators: those }) => [asked.id, Object.fromEntries(those.map(({ id, freeInDays }) => [id, freeInDays]))]),
    ),
    rules,
    seed: on,
  };
}

function resultOf(queue: Queue): Result {
  const { pairs, total } = match(queue, rulesOf(queue.rules));
  return { pairs: [...pairs].toSorted(([one], [other]) => (one < other ? -1 : 1)), total };
}

async function findBatch(tx: EntityManager, id: string): Promise<Row | undefined> {
  const [kept] = (await tx.query('SELECT inputs, result, made_at FROM assignment_batches WHERE id = $1', [id])) as Row[];
  return kept;
}
