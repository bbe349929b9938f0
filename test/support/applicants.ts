import type pg from 'pg';
import { DataSource } from 'typeorm';
import { Clock, Database, Keyring, Keys, newId } from '#platform';

const system = { id: null, role: 'system' } as const;

/** So many applicants, each with a returned application and an e-mail address. Returns the cases. */
export async function settleApplicants(appUrl: string, admin: pg.Pool, contactKeys: string, people: number): Promise<string[]> {
  const source = await new DataSource({ type: 'postgres', url: appUrl, extra: { max: 4 } }).initialize();
  const [db, keys] = [new Database(source), new Keys(new Clock(), new Keyring(contactKeys), null)];
  const cases: string[] = [];
  for (let at = 0; at < people; at += 1) {
    const [person, caseId] = [newId(), newId()];
    const sealed = await db.transaction(system, (tx) => keys.seal(tx, { scope: 'person', id: person }, `person${at}@example.kz`, 'email'));
    await admin.query(
      `INSERT INTO persons (id, surname, given, language, email_sealed, email_hash, created_at) VALUES ($1, 'Т', 'Е', 'kk', $2, $3, now())`,
      [person, sealed, Buffer.from(person)],
    );
    await admin.query(
      `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, created_at, filed_at, rules_on)
       VALUES ($1, $2, 'RETURNED', now(), 'x', 'x', 'kk', $3, now(), now(), '2026-01-01')`,
      [caseId, `M-2026-${at}`, person],
    );
    await admin.query(
      `INSERT INTO parties (id, case_id, side, ordinal, kind, person_id, surname, given, language) VALUES ($1, $2, 'A', 1, 'person', $3, 'Т', 'Е', 'kk')`,
      [newId(), caseId, person],
    );
    cases.push(caseId);
  }
  await source.destroy();
  return cases;
}

/** So many facts in one transaction, each worth one legal mail and one line in the centre. */
export async function returnApplications(admin: pg.Pool, cases: string[], count: number, at = new Date()) {
  await admin.query(
    `SELECT record_event(gen_random_uuid(), c.id, 'case.returned', NULL, 'coordinator', $2, '{"dueAt": "2026-12-01T13:00:00Z"}')
     FROM unnest($1::uuid[]) WITH ORDINALITY c(id, n)`,
    [Array.from({ length: count }, (_, n) => cases[n % cases.length]), at],
  );
}
