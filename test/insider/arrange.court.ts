import type { Run } from './arrange.js';

const at = '2026-09-15T10:00:00Z';
export const making = '0199a3c5-0000-7000-8000-0000000e0001';
export const scheduled = '0199a3c5-0000-7000-8000-0000000e0002';

/** What a clerk keeps, a closed month, a letter that went out to the court, an export that the clerk waits for, and a report made for every office. */
export async function court(run: Run, { live, clerk }: Record<string, string>) {
  await run(
    `INSERT INTO court_letters (id, case_id, court_id, year, seq, kind, at) VALUES (gen_random_uuid(), $1, 'TEST', 2026, 1, 'settled', '${at}')`,
    [live],
  );
  await run(`INSERT INTO court_filters VALUES (gen_random_uuid(), 'TEST', $1, 'x', '{}', '${at}')`, [clerk]);
  await run(`INSERT INTO court_watches VALUES ($1, 'TEST', $2, '${at}')`, [clerk, live]);
  await run(`INSERT INTO report_closings VALUES ('2026-08-01', '${at}')`);
  await run(`INSERT INTO report_cells VALUES ('2026-08', '2026-08-01', 'x', 'all', 'all', 1, 0, false)`);
  const add = `INSERT INTO exports (id, person_id, office, court_id, kind, asked, asked_at, state, expires_at, bytes) VALUES ($1, $2, $3, $4, $5, $6, '${at}', $7, $8, $9)`;
  await run(add, [making, clerk, 'court', 'TEST', 'register', { from: '2020-01-01', to: '2030-01-01', by: 'filed' }, 'making', null, null]);
  await run(add, [scheduled, null, 'council', null, 'report', {}, 'ready', '2027-01-01', Buffer.from('x')]);
}
