import type { CaseState, Language, Role, SignedIn } from '#contract';
import { Mediator } from '#mediators';
import { newId } from '#platform';
import type { FreshDatabase } from './database.js';

export type Dispute = { id: string; a: SignedIn; b: SignedIn; mediator: SignedIn | null; parties: { a: string; b: string } };
type Arranged = {
  mediator?: SignedIn | null;
  category?: string;
  languages?: [Language, Language];
  since?: Date;
  contractAt?: Date | null;
  courtId?: string | null;
};
const underContract: CaseState[] = ['IN_MEDIATION', 'EXTENDED', 'SETTLEMENT_DRAFT', 'SETTLEMENT_SIGNING'];
const unassigned: CaseState[] = ['DRAFT', 'SUBMITTED', 'RETURNED', 'INVITED', 'CONSENTED', 'DECLINED', 'NO_RESPONSE', 'WITHDRAWN'];

/** Puts people and cases straight into the database, past every policy: for tests of what happens next. */
export function disputesIn(fresh: Pick<FreshDatabase, 'admin' | 'db' | 'keys' | 'hashes'> & { clock: { now(): Date } }) {
  let named = 0;

  async function person(role: Role = 'citizen', surname = `Тегі${++named}`): Promise<SignedIn> {
    const id = newId();
    const email = `${id}@example.kz`;
    const sealed = await fresh.db.transaction({ id: null, role: 'system' }, (tx) =>
      fresh.keys.seal(tx, { scope: 'person', id }, email, 'email'),
    );
    await fresh.admin(
      `INSERT INTO persons (id, surname, given, language, email_sealed, email_hash, created_at) VALUES ($1, $2, 'Айдар', 'kk', $3, $4, $5)`,
      [id, surname, sealed, fresh.hashes.of('contact', `email:${email}`), fresh.clock.now()],
    );
    if (role !== 'court')
      await fresh.admin(`INSERT INTO person_roles (person_id, role, granted_at) VALUES ($1, $2, $3)`, [id, role, fresh.clock.now()]);
    return { id, role };
  }

  async function mediator(values: Partial<Mediator> = {}, surname?: string): Promise<SignedIn> {
    const actor = await person('mediator', surname);
    const entry = { personId: actor.id, kind: 'public', registerNumber: `ВКО-${actor.id}`, registerEntryDate: '2021-01-03' };
    const reach = { languages: ['kk', 'ru'], fields: ['neighbours'], district: 'oskemen', capacity: 100, weekly: [] };
    const row = Object.assign(new Mediator(), entry, reach, values);
    await fresh.db.transaction(actor, (tx) => tx.save(row));
    return actor;
  }

  async function dispute(state: CaseState, arranged: Arranged = {}): Promise<Dispute> {
    const { category = 'neighbours', languages = ['kk', 'ru'], since = fresh.clock.now(), courtId = null } = arranged;
    const [a, b, id, now] = [await person(), await person(), newId(), fresh.clock.now()];
    const appointed = arranged.mediator ?? (unassigned.includes(state) || state === 'MEDIATOR_OFFERED' ? null : await mediator());
    const contractAt = arranged.contractAt ?? (underContract.includes(state) ? since : null);
    const termEndsAt = contractAt && new Date(contractAt.getTime() + 30 * 86_400_000);
    await fresh.admin(
      `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, mediator_id, court_id, created_at, filed_at, contract_at, term_ends_at, rules_on)
       VALUES ($1, $2, $3, $4, $5, 'oskemen', 'kk', $6, $7, $8, $9, $9, $10, $11, '2026-09-07')`,
      [id, `M-${id}`, state, since, category, a.id, appointed?.id ?? null, courtId, now, contractAt, termEndsAt],
    );
    const parties = { a: await party(id, 'A', a, languages[0]), b: await party(id, 'B', b, languages[1]) };
    return { id, a, b, mediator: appointed, parties };
  }

  async function party(caseId: string, side: 'A' | 'B', who: SignedIn | null, language: Language = 'kk', ordinal = 1): Promise<string> {
    const id = newId();
    const [names] = who ? await fresh.admin<{ surname: string }>('SELECT surname FROM persons WHERE id = $1', [who.id]) : [];
    await fresh.admin(
      `INSERT INTO parties (id, case_id, side, ordinal, kind, person_id, surname, given, language, joined_at) VALUES ($1, $2, $3, $4, 'person', $5, $6, 'Айдар', $7, $8)`,
      [id, caseId, side, ordinal, who?.id ?? null, names?.surname ?? 'Қосылмаған', language, fresh.clock.now()],
    );
    return id;
  }

  const stateOf = async (id: string) => (await fresh.admin<{ state: CaseState }>('SELECT state FROM cases WHERE id = $1', [id]))[0]?.state;
  const eventsOf = async (id: string) =>
    (await fresh.admin<{ type: string }>('SELECT type FROM events WHERE case_id = $1 ORDER BY seq', [id])).map(({ type }) => type);
  const openDeadlines = async (id: string) =>
    (
      await fresh.admin<{ code: string }>(
        'SELECT code FROM deadlines WHERE case_id = $1 AND fired_at IS NULL AND cancelled_at IS NULL ORDER BY code',
        [id],
      )
    ).map(({ code }) => code);

  return { person, mediator, dispute, party, stateOf, eventsOf, openDeadlines };
}
