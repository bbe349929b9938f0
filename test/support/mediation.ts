import { newId } from '#platform';
import type { SignedIn } from '#contract';
import type { FreshDatabase } from './database.js';

export type Mediation = Awaited<ReturnType<typeof arrangeMediation>>;

/** A case in mediation, put there by SQL: one party a side, a mediator, and strangers of every office. Rooms are not open yet. */
export async function arrangeMediation(fresh: Pick<FreshDatabase, 'admin'>, { shuttle = null as string | null, partiesPerSide = 1 } = {}) {
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
    await person('mediator', 'Медетова'),
    await person('mediator', 'Бөтенова'),
    await person('coordinator', 'Кеңесова'),
  ];
  const caseId = newId();
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
