import type { Run } from './arrange.js';

const at = '2026-09-20T10:00:00Z';
const blob = `'\\x00'::bytea`;

/** Whom the judge is tied to; what he disclosed of himself, and Boris has answered; what Ana objects to him. */
export async function conflicts(run: Run, w: Record<string, string>) {
  await run(`UPDATE parties SET id_number_hash = '\\x0a' WHERE id = $1`, [w.partyA]);
  await run(`INSERT INTO mediator_relations VALUES ($1, $2, '\\x0a', ${blob}, 'kin', NULL, false, '${at}')`, [w.relation, w.judge]);
  const offer = `INSERT INTO offers (id, case_id, mediator_id, offered_by, offered_at, expires_at, answered_at, answer) VALUES ($1, $2, $3, $4, '${at}', '${at}', $5, $6)`;
  await run(offer, [w.openOffer, w.fresh, w.judge, w.coordinator, null, null]);
  await run(`UPDATE offers SET declaration = '{}' WHERE id = $1`, [w.openOffer]);
  await run(offer, [w.spareOffer, w.fresh, w.judge, w.coordinator, at, 'expired']);
  await run(`INSERT INTO disclosures VALUES ($1, $2, $3, $4, ${blob}, '${at}')`, [w.disclosure, w.fresh, w.openOffer, w.judge]);
  await run(`INSERT INTO disclosure_answers VALUES ($1, $2, true, '${at}')`, [w.disclosure, w.boris]);
  await run(`INSERT INTO objections VALUES ($1, $2, $3, $4, ${blob}, '${at}', '${at}')`, [w.objection, w.live, w.judge, w.ana]);
  await run(`INSERT INTO deadlines (id, case_id, code, starts_at, due_at) VALUES (gen_random_uuid(), $1, 'OBJECTION', '${at}', '${at}')`, [
    w.live,
  ]);
  await run(`SELECT record_event(gen_random_uuid(), $1, 'objection.made', $2, 'citizen', '${at}', '{}')`, [w.live, w.ana]);
  await run(`SELECT record_event(gen_random_uuid(), NULL, 'consultation.asked', $1, 'citizen', '${at}', '{}')`, [w.ana]);
  await run(`INSERT INTO assignments VALUES ($1, $2, $3, $4, 'x', 'x', 1, 1, '{}', '[]', $5, '${at}')`, [
    w.assignment,
    w.fresh,
    w.openOffer,
    w.judge,
    w.coordinator,
  ]);
  await run(`INSERT INTO assignment_reasons VALUES ($1, $2, $3, '[]')`, [w.openOffer, w.fresh, w.judge]);
}
