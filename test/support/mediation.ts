import { createHash, randomBytes } from 'node:crypto';
import { newId } from '#platform';
import type { SignedIn } from '#contract';

type Admin = (sql: string, values?: unknown[]) => Promise<unknown>;

/** Signs somebody in by SQL, in the actor's role, past any second factor; returns the cookie and the session's id. */
export async function openSession(admin: Admin, { id, role, courtId = null }: SignedIn, at = '2026-09-07T16:00:00Z', ownDevice = false) {
  const [token, sessionId] = [randomBytes(32).toString('base64url'), newId()];
  await admin('INSERT INTO person_roles (person_id, role, court_id, granted_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
    id,
    role,
    courtId,
    at,
  ]);
  const guarded = role !== 'citizen';
  if (guarded)
    await admin('INSERT INTO credentials (person_id, totp_confirmed_at, changed_at) VALUES ($1, $2, $2) ON CONFLICT DO NOTHING', [id, at]);
  await admin(
    `INSERT INTO sessions (id, token_hash, person_id, role, court_id, second_factor_at, own_device, created_at, last_seen_at, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $8, $7, $7, $7::timestamptz + interval '12 hours')`,
    [sessionId, createHash('sha256').update(token).digest(), id, role, courtId, at, at, ownDevice],
  );
  return { cookie: `kelisim=${token}`, sessionId };
}

export type Mediation = Awaited<ReturnType<typeof arrangeMediation>>;

/** A case in mediation, put there by SQL: one party a side, a mediator, and strangers of every office. Rooms are not open yet. */
export async function arrangeMediation(
  fresh: { admin: Admin },
  { shuttle = null as string | null, partiesPerSide = 1, mediator: known = null as SignedIn | null } = {},
) {
  const at = '2026-09-07T12:00:00Z';
  const person = async (role: SignedIn['role'], surname: string): Promise<SignedIn> => {
    const id = newId();
    await fresh.admin(`INSERT INTO persons (id, surname, given, language, email_hash, created_at) VALUES ($1, $2, 'Айгүл', 'kk', $3, $4)`, [
      id,
      surname,
      Buffer.from(id),
      at,
    ]);
    return { id, role };
  };
  const many = (surname: string) => Promise.all(Array.from({ length: partiesPerSide }, (_, i) => person('citizen', `${surname}-${i}`)));
  const [sideA, sideB] = [await many('Асанова'), await many('Борисова')];
  const [mediator, other, coordinator] = [
    known ?? (await person('mediator', 'Медетова')),
    await person('mediator', 'Бөтенова'),
    await person('coordinator', 'Кеңесова'),
  ];
  const caseId = newId();
  for (const { id } of [mediator, other])
    await fresh.admin(
      `INSERT INTO mediators (person_id, kind, register_number, register_entry_date, languages, fields, district, capacity)
       VALUES ($1, 'professional', $2, '2020-01-01', '{kk,ru}', '{neighbours}', 'oskemen', 100) ON CONFLICT DO NOTHING`,
      [id, `R-${id}`],
    );
  await fresh.admin(
    `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, mediator_id, shuttle, created_at, filed_at, contract_at, rules_on)
     VALUES ($1, $2, 'IN_MEDIATION', $3, 'neighbours', 'oskemen', 'kk', $4, $5, $6, $3, $3, $3, '2026-09-07')`,
    [caseId, `26-${caseId.slice(-12)}`, at, sideA[0]!.id, mediator.id, shuttle],
  );
  for (const [side, people] of [['A', sideA] as const, ['B', sideB] as const])
    for (const [index, { id }] of people.entries())
      await fresh.admin(
        `INSERT INTO parties (id, case_id, side, ordinal, kind, person_id, surname, given, language, joined_at) VALUES ($1, $2, $3, $4, 'person', $5, 'С', 'И', 'kk', $6)`,
        [newId(), caseId, side, index + 1, id, at],
      );
  return { caseId, a: sideA[0]!, b: sideB[0]!, sideA, sideB, mediator, other, coordinator };
}
