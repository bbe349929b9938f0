import type { Run } from './arrange.js';

const at = '2026-09-20T10:00:00Z';

/** A table that went in; a court's address for facts, and one call to it; a court and a mediator to whom nothing refers. */
export async function imports(run: Run, w: Record<string, string>) {
  await run(`INSERT INTO imports VALUES ($1, 'referrals', '\\x01', $2, '${at}', 1, 1, NULL)`, [w.import, w.coordinator]);
  await run(`INSERT INTO import_rows (import_id, line, case_id) VALUES ($1, 2, $2)`, [w.import, w.live]);
  await run(`INSERT INTO courts (id, level, kk, ru, en) VALUES ('SPARE', 'first', 'x', 'x', 'x')`);
  await run(
    `INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, 'Бос', 'Адам', 'kk', convert_to('spare', 'UTF8'), '${at}')`,
    [w.spare],
  );
  await run(
    `INSERT INTO mediators (person_id, kind, register_number, register_entry_date, languages, fields, district, capacity)
     VALUES ($1, 'public', 'R-spare', '2020-01-01', '{kk}', '{neighbours}', 'ulan', 5)`,
    [w.spare],
  );
  await run(`INSERT INTO register_details VALUES ($1, '\\x00', '\\x1c', '\\x1d', '{}')`, [w.spare]);
  await run(`INSERT INTO certificates VALUES (gen_random_uuid(), $1, 'general', NULL, 'spare', 'x', '2024-01-01', '2027-01-01')`, [
    w.spare,
  ]);
  await run(
    `INSERT INTO register_changes (id, mediator_id, kind, changed_by, changed_at) VALUES (gen_random_uuid(), $1, 'entered', $2, '${at}')`,
    [w.spare, w.coordinator],
  );
  await run(`INSERT INTO partner_hooks VALUES ($1, 'x', 'TEST', 'x.kz', '\\x00', '\\x00', $2, '2020-01-01')`, [w.hook, w.admin]);
  await run(`INSERT INTO partner_calls (hook_id, event_id, due_at) VALUES ($1, $2, '${at}')`, [w.hook, w.event]);
  await run(`SELECT record_event($1, $2, 'case.invited', NULL, 'system', '${at}', '{}')`, [w.hookEvent, w.live]);
}
