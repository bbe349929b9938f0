import type pg from 'pg';

const states = ['SUBMITTED', 'RETURNED', 'INVITED', 'NO_RESPONSE', 'CONSENTED', 'PERFORMING', 'DECLINED', 'CLOSED', 'CLOSED', 'CLOSED'];
const kinds = ['neighbours', 'debt', 'land', 'family', 'labour', 'housing', 'consumer', 'civil'];
const names = ['Сейтказинов', 'Ахметова', 'Ли', 'Дорофеев', 'Кайратулы', 'Нурмагамбетова', 'Шмидт', 'Жумабаева'];

/** So many cases of every kind, place and state, two parties and a running date each, as years of work would leave them. As the superuser. */
export async function fillCaseload(admin: pg.ClientBase, count: number, begin = 0, part = 100_000) {
  const [creator] = (await admin.query('SELECT id FROM persons LIMIT 1')).rows as { id: string }[];
  if (!creator) throw new Error('somebody has to exist');
  await admin.query(`SET session_replication_role = replica`); // the rows are as the triggers would leave them
  for (let from = begin; from < count; from += part) {
    const values = [from, Math.min(from + part, count) - 1, creator.id, states, kinds, names];
    await admin.query(
      `WITH made AS (INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, created_at, filed_at, rules_on, stuck_since, stuck_code, chase_by)
         SELECT gen_random_uuid(), 'L-' || n, s.state, s.since, ($5::text[])[1 + n % 8], 'd' || n % 13, 'kk', $3, '2026-01-01', '2026-01-01', '2026-01-01',
           CASE WHEN s.is_stuck THEN s.since END, CASE WHEN s.is_stuck THEN 'SCREENING' END,
           CASE WHEN s.state IN ('RETURNED', 'INVITED', 'NO_RESPONSE') THEN s.since + interval '2 days' ELSE '9999-12-31T00:00:00Z' END
         FROM generate_series($1::int, $2::int) n CROSS JOIN LATERAL (SELECT ($4::text[])[1 + (n * 7 + n / 10) % 10] AS state) x
         CROSS JOIN LATERAL (SELECT x.state, '2026-01-01'::timestamptz + n * interval '17 seconds' AS since, x.state IN ('SUBMITTED', 'CONSENTED') AND n % 10 = 7 AS is_stuck) s
         RETURNING id, number, state, state_since),
       sided AS (INSERT INTO parties (id, case_id, side, ordinal, kind, surname, given, name_folded, language)
         SELECT gen_random_uuid(), m.id, side, 1, 'person', w.surname, 'Е', lower(w.surname) || ' е', 'kk'
         FROM made m CROSS JOIN unnest(ARRAY['A', 'B']) side
         CROSS JOIN LATERAL (SELECT ($6::text[])[1 + (hashtext(m.number || side) & 7)] || substr(md5(m.number || side), 1, 4) AS surname) w)
       INSERT INTO deadlines (id, case_id, code, starts_at, due_at)
         SELECT gen_random_uuid(), id, 'SCREENING', state_since, state_since + interval '2 days' FROM made WHERE state <> 'CLOSED'`,
      values,
    );
  }
  await admin.query(`SET session_replication_role = origin`);
  await admin.query('ANALYZE cases; ANALYZE parties; ANALYZE deadlines');
}
