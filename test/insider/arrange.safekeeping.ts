import type { Run } from './arrange.js';

const at = '2026-09-20T10:00:00Z';

/** The judge has opened the case of Ana and Boris, and a file that Ana's side alone knows of. */
export async function safekeeping(run: Run, w: Record<string, string>) {
  await run(`UPDATE parties SET joined_at = '2026-09-19T10:00:00Z' WHERE id = $1`, [w.partyB]);
  await run(
    `INSERT INTO case_looks VALUES ($1, $2, 'mediator', 'application', NULL, NULL, '${at}'), ($1, $2, 'mediator', 'file', 'A', NULL, '${at}')`,
    [w.live, w.judge],
  );
  await run(
    `INSERT INTO events (id, chain, seq, case_id, type, actor_role, at, data, previous, hash)
    VALUES (gen_random_uuid(), $1, 9001, $1, 'case.invited', 'coordinator', '${at}', '{}', '', '')`,
    [w.live],
  );
  await run(`INSERT INTO case_openings VALUES ($1, $2, $3, '\\x00', '${at}', '2026-09-20T11:00:00Z')`, [w.opening, w.live, w.admin]);
  await run(`INSERT INTO audit_witnesses VALUES (gen_random_uuid(), 'xx', '\\x00', 'kk', $1, '${at}')`, [w.admin]);
  await run(
    `INSERT INTO incidents (id, kind, personal, noticed_at, story_sealed, reported_by, reported_at) VALUES ($1, 'loss', false, '${at}', '\\x00', $2, '${at}')`,
    [w.incident, w.admin],
  );
  await run(`INSERT INTO incident_tellings VALUES (gen_random_uuid(), $1, 'authority', 'mail', '${at}', NULL, $2, '${at}')`, [
    w.incident,
    w.admin,
  ]);
  await run(`INSERT INTO drills VALUES (gen_random_uuid(), '${at}', '${at}', true, '{}')`);
  await run(`INSERT INTO drill_reminders VALUES ('${at}')`);
  await run(
    `INSERT INTO memoranda (id, partner, court_id, refers, since, noted_by, noted_at) VALUES (gen_random_uuid(), 'xx', 'TEST', true, '2026-01-01', $1, '${at}')`,
    [w.coordinator],
  );
  await run(`INSERT INTO memoranda (id, partner, refers, since, noted_by, noted_at) VALUES ($1, 'xx', true, '2026-01-01', $2, '${at}')`, [
    w.memorandum,
    w.coordinator,
  ]);
  await run(`INSERT INTO partner_referrals VALUES ($1, $2, $3, '${at}')`, [w.live, w.memorandum, w.coordinator]);
  await run(
    `INSERT INTO council_meetings (id, starts_at, place, materials, called_by, called_at) VALUES ($1, '${at}', 'xx', '', $2, '${at}')`,
    [w.councilMeeting, w.coordinator],
  );
  await run(`INSERT INTO council_items (meeting_id, no, topic) VALUES ($1, 1, 'xx')`, [w.councilMeeting]);
  await run(
    `INSERT INTO council_tasks (id, meeting_id, task, responsible, due_on, due_at, remind_at, set_by, set_at)
     VALUES (gen_random_uuid(), $1, 'xxxxx', 'xx', '2026-09-30', '${at}', '${at}', $2, '${at}')`,
    [w.councilMeeting, w.coordinator],
  );
  await run(`INSERT INTO party_traits VALUES ('2026-09-01', 'female', 'from_30', 1)`);
  await run(`INSERT INTO settled_amounts VALUES ('2026-09-01', 'debt', 1, 5000)`);
  await run(
    `INSERT INTO cases (id, number, state, state_since, ground, category, district, language, created_by, mediator_id, created_at, filed_at, rules_on)
     VALUES ($1, 'M-2026-0105', 'SETTLED_FULL', '${at}', '1', 'debt', 'ulan', 'kk', $2, $3, '${at}', '${at}', '2026-09-20')`,
    [w.settled, w.ana, w.judge],
  );
  for (const [side, person] of [
    ['A', w.ana],
    ['B', w.boris],
  ])
    // prettier-ignore
    await run(
      `INSERT INTO parties (id, case_id, side, ordinal, kind, surname, given, language, person_id) VALUES (gen_random_uuid(), $1, $2, 1, 'person', 'x', 'x', 'kk', $3)`,
      [w.settled, side, person],
    );
  await run(
    `INSERT INTO events (id, chain, seq, case_id, type, actor_role, at, data, previous, hash)
    VALUES (gen_random_uuid(), $1, 9002, $1, 'case.mediation_started', 'mediator', '${at}', '{}', '', '')`,
    [w.live],
  );
  await run(`INSERT INTO house_events VALUES (gen_random_uuid(), 'training', 'xxx', '2026-09-10', 20, $1, '${at}')`, [w.coordinator]);
}
