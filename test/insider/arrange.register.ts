import { imports } from './arrange.imports.js';
import type { Run } from './arrange.js';

const at = '2026-09-20T10:00:00Z';

/** The judge's entry: what is internal of it, a certificate, and a change. He works where Ana's number belongs. */
export async function register(run: Run, w: Record<string, string>) {
  await run(`INSERT INTO register_details VALUES ($1, '\\x00', '\\x0c', '\\x0d', '{\\\\x0a}')`, [w.judge]);
  await run(`INSERT INTO certificates VALUES (gen_random_uuid(), $1, 'general', NULL, 'x', 'x', '2024-01-01', '2027-01-01')`, [w.judge]);
  await run(
    `INSERT INTO register_changes (id, mediator_id, kind, changed_by, changed_at) VALUES (gen_random_uuid(), $1, 'entered', $2, '${at}')`,
    [w.judge, w.coordinator],
  );
  await run(`INSERT INTO certificate_warnings VALUES ($1, '2027-01-01', 30, '2026-09-20T10:00:00Z')`, [w.judge]);
  const complaint = `INSERT INTO complaints (id, person_id, about, mediator_id, case_id, words_sealed, made_at, due_at) VALUES (gen_random_uuid(), $1, $2, $3, $4, '\\x00', '${at}', '${at}')`;
  await run(complaint, [w.ana, 'mediator', w.judge, w.live]);
  await run(complaint, [w.ana, 'desk', null, null]);
  await imports(run, w);
}
