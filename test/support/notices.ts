import type { EventType, Language } from '#contract';
import { newId } from '#platform';
import type { FreshDatabase } from './database.js';

type Contacts = { email?: string; phone?: string };
const system = { id: null, role: 'system' } as const;
const at = '2026-09-07T05:00:00Z';

export type NoticeWorld = Awaited<ReturnType<typeof arrangeNotices>>;

/** A filed case of people who can be reached in different ways, two coordinators, and strangers; put there by SQL, contacts sealed as the api seals them. */
export async function arrangeNotices(fresh: FreshDatabase) {
  const add = peopleOf(fresh);
  const ana = await add.person('Асанова', 'kk', { email: 'ana@example.kz', phone: '+77010000001' });
  const boris = await add.person('Борисов', 'ru', { phone: '+77010000002' });
  const judge = await add.person('Медетова', 'kk', { email: 'judge@example.kz' }, 'mediator');
  const otherMediator = await add.person('Бөтенова', 'ru', { email: 'other@example.kz' }, 'mediator');
  const desk = await add.person('Кеңесова', 'kk', { email: 'desk@example.kz' }, 'coordinator');
  const desk2 = await add.person('Достықова', 'ru', { email: 'desk2@example.kz' }, 'coordinator');
  const stranger = await add.person('Бөгде', 'en', { email: 'stranger@example.kz' });
  const caseId = newId();
  await fresh.admin(
    `INSERT INTO cases (id, number, state, state_since, category, district, language, created_by, created_at, filed_at, rules_on)
     VALUES ($1, $2, 'INVITED', $3, 'neighbours', 'oskemen', 'kk', $4, $3, $3, '2026-09-07')`,
    [caseId, `M-2026-${caseId.slice(-6)}`, at, ana.id],
  );
  const [{ number }] = (await fresh.admin(`SELECT number FROM cases WHERE id = $1`, [caseId])) as [{ number: string }];
  const partyA = await add.party(caseId, 'A', 'kk', {}, ana.id);
  const partyB = await add.party(caseId, 'B', 'ru', { email: 'boris@example.kz', phone: '+77010000002' });
  const invitation = await add.invitation(caseId, partyB, '7K4M29QX');
  return {
    caseId,
    number,
    people: { ana, boris, judge, otherMediator, desk, desk2, stranger },
    partyA,
    partyB,
    invitationId: invitation,
    ...add,
    /** Boris has taken the invitation: from here on the party is he. */
    join: () => fresh.admin(`UPDATE parties SET person_id = $2, joined_at = $3 WHERE id = $1`, [partyB, boris.id, at]),
    accept: () => fresh.admin(`UPDATE cases SET mediator_id = $2 WHERE id = $1`, [caseId, judge.id]),
    offer: (mediatorId: string) => add.offer(caseId, mediatorId, desk.id),
  };
}

function peopleOf(fresh: FreshDatabase) {
  const sealed = async (scope: 'person' | 'party', id: string, { email, phone }: Contacts) =>
    fresh.db.transaction(system, async (tx) => {
      const seal = (value: string | undefined, name: string) => (value ? fresh.keys.seal(tx, { scope, id }, value, name) : null);
      return [await seal(email, 'email'), await seal(phone, 'phone')];
    });
  return {
    person: async (surname: string, language: Language, contacts: Contacts, role = 'citizen') => {
      const id = newId();
      const [email, phone] = await sealed('person', id, contacts);
      await fresh.admin(
        `INSERT INTO persons (id, surname, given, language, email_sealed, email_hash, phone_sealed, phone_hash, created_at)
         VALUES ($1, $2, 'Есімі', $3, $4, $5, $6, $7, $8)`,
        [id, surname, language, email, email && Buffer.from(id), phone, phone && Buffer.from(id), at],
      );
      await fresh.admin(`INSERT INTO person_roles (person_id, role, granted_at) VALUES ($1, $2, $3)`, [id, role, at]);
      if (role === 'mediator')
        await fresh.admin(
          `INSERT INTO mediators (person_id, kind, register_number, register_entry_date, languages, fields, district, capacity)
           VALUES ($1, 'public', $2, '2020-01-01', '{kk}', '{neighbours}', 'oskemen', 5)`,
          [id, id],
        );
      return { id, surname };
    },
    party: async (caseId: string, side: 'A' | 'B', language: Language, contacts: Contacts, personId: string | null = null, ordinal = 1) => {
      const id = newId();
      const [email, phone] = await sealed('party', id, contacts);
      await fresh.admin(
        `INSERT INTO parties (id, case_id, side, ordinal, kind, person_id, surname, given, language, email_sealed, phone_sealed)
         VALUES ($1, $2, $3, $9, 'person', $4, 'Тарапов', 'Т', $5, $6, $7) RETURNING $8::text`,
        [id, caseId, side, personId, language, email, phone, '', ordinal],
      );
      return id;
    },
    invitation: async (caseId: string, partyId: string, code: string, round = 1) => {
      const id = newId();
      const codeSealed = await fresh.db.transaction(system, (tx) =>
        fresh.keys.seal(tx, { scope: 'party', id: partyId }, code, 'invitation'),
      );
      await fresh.admin(
        `INSERT INTO invitations (id, case_id, party_id, round, code_hash, code_sealed, issued_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6, $7, '2026-09-17T18:59:59Z')`,
        [id, caseId, partyId, round, Buffer.from(id), codeSealed, at],
      );
      return id;
    },
    offer: async (caseId: string, mediatorId: string, by: string) => {
      const id = newId();
      await fresh.admin(
        `INSERT INTO offers (id, case_id, mediator_id, offered_by, offered_at, expires_at) VALUES ($1, $2, $3, $4, $5, '2026-09-09T13:00:00Z')`,
        [id, caseId, mediatorId, by, at],
      );
      await fresh.admin(`UPDATE offers SET answered_at = $2, answer = 'declined' WHERE id = $1`, [id, at]);
      return id;
    },
    /** A fact, as a service records it in its transaction. */
    happen: async (type: EventType, caseId: string | null, data: object = {}, actorId: string | null = null) => {
      const id = newId();
      await fresh.admin(`SELECT record_event($1, $2, $3, $4, 'citizen', $5, $6)`, [
        id,
        caseId,
        type,
        actorId,
        fresh.clock.now(),
        JSON.stringify(data),
      ]);
      return id;
    },
    code: async (contact: string, channel: 'email' | 'sms', purpose = 'sign_in', language: Language = 'kk') => {
      const id = newId();
      const unowned = { scope: 'person', id: '00000000-0000-0000-0000-000000000000' } as const;
      const [contactSealed, codeSealed] = await fresh.db.transaction(system, (tx) =>
        Promise.all([fresh.keys.seal(tx, unowned, contact, id), fresh.keys.seal(tx, unowned, '482913', id)]),
      );
      const now = fresh.clock.now();
      await fresh.admin(
        `INSERT INTO one_time_codes (id, purpose, channel, contact_hash, language, contact_sealed, code_sealed, code_hash, created_at, expires_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $4, $8, $9)`,
        [id, purpose, channel, Buffer.from(id), language, contactSealed, codeSealed, now, new Date(now.getTime() + 600_000)],
      );
      return id;
    },
  };
}
