import { common } from './arrange.common.js';
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
  await run(`INSERT INTO assignment_batches VALUES ($1, ARRAY[$2::uuid], 'x', 'x', '{}', '{}', $3, '${at}')`, [
    w.batch,
    w.fresh,
    w.coordinator,
  ]);
  await run(`INSERT INTO follow_tries VALUES ($1, '${at}')`, [w.fresh]);
  await run(`INSERT INTO choosings VALUES ($1, $2, '[]', 's', $3, '${at}', '2026-09-25T10:00:00Z')`, [w.choosing, w.live, w.coordinator]);
  await run(`INSERT INTO choosing_answers VALUES ($1, 'B', '{}', '{}', $2, '${at}')`, [w.choosing, w.boris]);
  await run(`INSERT INTO choosings VALUES ($1, $2, '[]', 's', $3, '${at}', '2026-09-25T10:00:00Z')`, [
    w.choosingWaits,
    w.waits,
    w.coordinator,
  ]);
  await run(`INSERT INTO trainings VALUES ($1, 'general', NULL, 'kk', 'x', 50, 2, 1, '2026-10-01T10:00:00Z', $2, '${at}')`, [
    w.training,
    w.coordinator,
  ]);
  await run(`INSERT INTO trainings VALUES ($1, 'trainer', NULL, 'kk', 'x', 50, 2, 1, '2026-10-01T10:00:00Z', $2, '${at}')`, [
    w.openTraining,
    w.coordinator,
  ]);
  await run(`INSERT INTO enrolments VALUES ($1, $2, 'seat', '${at}', '${at}', '{}')`, [w.openTraining, w.judge]);
  await run(`INSERT INTO training_days VALUES ($1, 1, '[2026-10-02T04:00Z,2026-10-02T12:00Z)')`, [w.training]);
  await run(`INSERT INTO enrolments VALUES ($1, $2, 'seat', '${at}', '${at}', '{}')`, [w.training, w.judge]);
  await run(`INSERT INTO training_certificates VALUES ($1, 'C-1', $2, $3, 'general', NULL, '[2026-10-03,2029-10-03)', $4, '${at}')`, [
    w.trainingCertificate,
    w.training,
    w.judge,
    w.coordinator,
  ]);
  await run(`INSERT INTO assignment_reasons VALUES ($1, $2, $3, '[]')`, [w.openOffer, w.fresh, w.judge]);
  await common(run, w);
}
