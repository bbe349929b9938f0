import { randomUUID } from 'node:crypto';
import type { Run } from './arrange.js';

const at = '2026-09-20T10:00:00Z';
/** Two cases that their court did not approve: in one Boris alone wants to settle anew, in the other both. */
export const anew = {
  one: randomUUID(),
  both: randomUUID(),
  oneA: randomUUID(),
  oneB: randomUUID(),
  bothA: randomUUID(),
  bothB: randomUUID(),
};

export async function settlingAnew(run: Run, w: Record<string, string>) {
  const add = `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, mediator_id, created_at, filed_at, rules_on)
    VALUES ($1, $2, 'COURT_REFUSED', '${at}', 'neighbours', 'ulan', 'kk', $3, $4, '${at}', '${at}', '2026-09-20')`;
  const party = `INSERT INTO parties (id, case_id, side, ordinal, kind, person_id, surname, given, language) VALUES ($1, $2, $3, 1, 'person', $4, 'x', 'x', 'kk')`;
  const agreed = `INSERT INTO anew_agreements VALUES ($1, $2, '${at}', $3, '${at}')`;
  await run(add, [anew.one, 'M-2026-0901', w.ana, w.judge]);
  await run(add, [anew.both, 'M-2026-0902', w.ana, w.judge]);
  await run(party, [anew.oneA, anew.one, 'A', w.ana]);
  await run(party, [anew.oneB, anew.one, 'B', w.boris]);
  await run(party, [anew.bothA, anew.both, 'A', w.ana]);
  await run(party, [anew.bothB, anew.both, 'B', w.boris]);
  await run(agreed, [anew.one, anew.oneB, w.boris]);
  await run(agreed, [anew.both, anew.bothA, w.ana]);
  await run(agreed, [anew.both, anew.bothB, w.boris]);
}
