import type { EntityManager } from 'typeorm';
import { type Line, lineOf, type SideAnswer } from '#assignment';
import type { Candidate, Listed, Side } from '#contract';

export type Kept = { id: string; caseId: string; listed: Listed[]; seed: string };

/** As the register says it to anybody, by name in the Kazakh order: no place in the list tells how the engine thinks of somebody. */
export async function listedOf(tx: EntityManager, candidates: readonly Candidate[]): Promise<Listed[]> {
  return (await tx.query(
    `SELECT m.person_id AS id, concat_ws(' ', p.surname, p.given, nullif(p.patronymic, '')) AS name, m.kind, m.languages, m.district,
       m.register_entry_date::text AS since
     FROM mediators m JOIN persons p ON p.id = m.person_id WHERE m.person_id = ANY ($1)
     ORDER BY p.surname COLLATE "kk-x-icu", p.given COLLATE "kk-x-icu", m.person_id`,
    [candidates.map(({ mediatorId }) => mediatorId)],
  )) as Listed[];
}

export async function askedOf(tx: EntityManager, caseId: string): Promise<Set<string>> {
  const rows = (await tx.query('SELECT mediator_id AS id FROM offers WHERE case_id = $1', [caseId])) as { id: string }[];
  return new Set(rows.map(({ id }) => id));
}

/** By the clockwork alone, which may lay both answers beside each other. */
export async function lineFor(tx: EntityManager, { id, caseId, listed, seed }: Kept, byEngine: readonly string[]): Promise<Line> {
  const rows = (await tx.query('SELECT side, struck, ranked FROM choosing_answers WHERE choosing_id = $1', [id])) as (SideAnswer & {
    side: Side;
  })[];
  const of = (side: Side) => rows.find((row) => row.side === side) ?? null;
  return lineOf({ caseId, seed, listed: listed.map((one) => one.id), a: of('A'), b: of('B') }, byEngine);
}

/** Of whom both sides chose from last, as they chose; where they never did, the engine's list. */
export async function followersOf(tx: EntityManager, caseId: string, candidates: readonly Candidate[]): Promise<Candidate[]> {
  const [kept] = (await tx.query(
    `SELECT id, case_id AS "caseId", listed, seed FROM choosings WHERE case_id = $1 AND outcome IN ('sides', 'house', 'nobody')
     ORDER BY opened_at DESC, id DESC LIMIT 1`,
    [caseId],
  )) as Kept[];
  if (!kept) return [...candidates];
  const by = new Map(candidates.map((one) => [one.mediatorId, one]));
  const { order } = await lineFor(tx, kept, [...by.keys()]);
  return order.flatMap((id) => by.get(id) ?? []);
}
