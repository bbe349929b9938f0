import type { EntityManager } from 'typeorm';
import { bin, email, iin, type Language, type PartyAnswer, phoneFrom, type Side } from '#contract';
import { fold } from '#language';
import { type KeyedHash, type Keys, newId } from '#platform';
import { representativeOf } from './application.answers.js';

/** A party in clear, as it goes into the database: contacts normalised, ready to be sealed and hashed. */
export type PartyRecord = {
  side: Side;
  ordinal: number;
  kind: 'person' | 'organisation';
  personId: string | null;
  surname: string | null;
  given: string | null;
  patronymic: string | null;
  organisation: string | null;
  representative: { kind: 'head' | 'poa' | 'legal'; name: string; position: string | null } | null;
  language: Language;
  /** IIN of a person, BIN of an organisation. */
  idNumber: string | null;
  email: string | null;
  phone: string | null;
};
/** What the account of the applicant says. */
export type Account = {
  id: string;
  surname: string;
  given: string;
  patronymic: string;
  language: Language;
  email: string | null;
  phone: string | null;
  iin: string | null;
};
type Vault = { keys: Keys; hashes: KeyedHash };

const typedEmail = (typed?: string) => (typed ? email.parse(typed) : null);
const typedPhone = (typed?: string) => (typed ? phoneFrom(typed) : null);

export async function accountOf(tx: EntityManager, keys: Keys, personId: string): Promise<Account> {
  const [row] = (await tx.query(
    `SELECT surname, given, patronymic, language, email_sealed AS email, phone_sealed AS phone, iin_sealed AS iin FROM persons WHERE id = $1`,
    [personId],
  )) as [Omit<Account, 'id' | 'email' | 'phone' | 'iin'> & Record<'email' | 'phone' | 'iin', Buffer | null>];
  const open = (field: 'email' | 'phone' | 'iin') => openContact(tx, keys, { scope: 'person', id: personId }, row[field], field);
  return { ...row, id: personId, email: await open('email'), phone: await open('phone'), iin: await open('iin') };
}

export async function openContact(
  tx: EntityManager,
  keys: Keys,
  of: { scope: 'person' | 'party'; id: string },
  sealed: Buffer | null,
  field: 'email' | 'phone' | 'iin' | 'id_number',
): Promise<string | null> {
  return sealed && keys.open(tx, of, sealed, field);
}

/** The applicant: a person as the account says, or an organisation for which the account's holder signs. */
export function ownParty(own: PartyAnswer, account: Account, language: Language): PartyRecord {
  const party = partyFrom({ ...own, language: own.language ?? language }, 'A', language);
  const contacts = { email: party.email ?? account.email, phone: party.phone ?? account.phone };
  if (own.kind === 'organisation') return { ...party, ...contacts, personId: account.id };
  const { surname, given, patronymic } = account;
  return { ...party, ...contacts, surname, given, patronymic, personId: account.id, idNumber: party.idNumber ?? account.iin };
}

export function partyFrom(answer: PartyAnswer, side: Side, language: Language): PartyRecord {
  const isPerson = answer.kind === 'person';
  const representative = representativeOf(answer);
  return {
    side,
    ordinal: 1,
    kind: answer.kind,
    personId: null,
    surname: isPerson ? (answer.surname ?? null) : null,
    given: isPerson ? (answer.given ?? null) : null,
    patronymic: isPerson ? (answer.patronymic ?? null) : null,
    organisation: isPerson ? null : (answer.organisation ?? null),
    representative: representative && {
      kind: representative.kind,
      name: representative.name,
      position: representative.position ?? null,
    },
    language: answer.language ?? language,
    idNumber: isPerson ? (answer.iin ? iin.parse(answer.iin) : null) : answer.bin ? bin.parse(answer.bin) : null,
    email: typedEmail(answer.email || representative?.email),
    phone: typedPhone(answer.phone || representative?.phone),
  };
}

/** Nobody mediates with himself: no number, address or telephone stands on both sides, the account's own included. */
export function isOnBothSides(own: PartyRecord, account: Account, other: PartyRecord): boolean {
  const mine = new Set([own.idNumber, own.email, own.phone, account.iin, account.email, account.phone].filter(Boolean));
  return [other.idNumber, other.email, other.phone].some((mark) => mark && mine.has(mark));
}

/** Adds the party, or writes it anew where an application comes back mended. Contacts are sealed with the party's own key. */
export async function writeParty(tx: EntityManager, { keys, hashes }: Vault, caseId: string, party: PartyRecord, joinedAt: Date | null) {
  const [known] = (await tx.query('SELECT id FROM parties WHERE case_id = $1 AND side = $2 AND ordinal = $3', [
    caseId,
    party.side,
    party.ordinal,
  ])) as { id: string }[];
  const id = known?.id ?? newId();
  const sealed = (text: string | null, field: string) => (text ? keys.seal(tx, { scope: 'party', id }, text, field) : null);
  const values = {
    id,
    case_id: caseId,
    side: party.side,
    ordinal: party.ordinal,
    kind: party.kind,
    person_id: party.personId,
    surname: party.surname,
    given: party.given,
    patronymic: party.patronymic,
    organisation: party.organisation,
    representative_kind: party.representative?.kind ?? null,
    representative_name: party.representative?.name ?? null,
    representative_position: party.representative?.position ?? null,
    name_folded: foldedName(party),
    language: party.language,
    id_number_sealed: await sealed(party.idNumber, 'id_number'),
    id_number_hash: party.idNumber && hashes.of('iin', party.idNumber),
    email_sealed: await sealed(party.email, 'email'),
    email_hash: party.email && hashes.of('contact', `email:${party.email}`),
    phone_sealed: await sealed(party.phone, 'phone'),
    phone_hash: party.phone && hashes.of('contact', `phone:${party.phone}`),
    joined_at: joinedAt,
  };
  await upsert(tx, 'parties', values, Boolean(known));
}

const foldedName = ({ surname, given, patronymic, organisation }: PartyRecord) =>
  fold([organisation, surname, given, patronymic].filter(Boolean).join(' '));

async function upsert(tx: EntityManager, table: string, values: Record<string, unknown>, isKnown: boolean) {
  const columns = Object.keys(values);
  const places = columns.map((_, index) => `$${index + 1}`);
  const sql = isKnown
    ? `UPDATE ${table} SET (${columns.join(', ')}) = ROW(${places.join(', ')}) WHERE id = $1`
    : `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${places.join(', ')})`;
  await tx.query(sql, Object.values(values));
}
