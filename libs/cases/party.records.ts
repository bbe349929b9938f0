import type { EntityManager } from 'typeorm';
import {
  type AccessibilityNeed,
  type Attorney,
  type AttorneyPower,
  bin,
  email,
  iin,
  type Language,
  type PartyAnswer,
  phoneFrom,
  type Side,
} from '#contract';
import { fold } from '#language';
import { type KeyedHash, type Keys, newId } from '#platform';
import { nameOf } from '#people';
import { actsForAnother, representativeOf } from './application.answers.js';

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
  representative: { kind: 'head' | 'poa' | 'legal'; name: string | null; position: string | null } | null;
  attorney: AttorneyRecord | null;
  accessibility: AccessibilityNeed[];
  interpreter: string | null;
  channel: 'email' | 'sms' | 'letter' | null;
  language: Language;
  /** IIN of a person, BIN of an organisation. */
  idNumber: string | null;
  email: string | null;
  phone: string | null;
  address: string | null;
};
/** A power of attorney: `paper` is sealed, the rest decides who may sign. */
export type AttorneyRecord = { paper: string; until: string | null; powers: AttorneyPower[] };
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
  field: 'email' | 'phone' | 'address' | 'iin' | 'id_number',
): Promise<string | null> {
  return sealed && keys.open(tx, of, sealed, field);
}

/** The applicant: a person as the account says, or somebody else, or an organisation, for whom the account's holder acts. */
export function ownParty(own: PartyAnswer, account: Account, language: Language): PartyRecord {
  const party = partyFrom({ ...own, language: own.language ?? language }, 'A', language);
  const contacts = { email: party.email ?? account.email, phone: party.phone ?? account.phone };
  if (own.kind === 'organisation') return { ...party, ...contacts, personId: account.id };
  if (actsForAnother(own)) {
    const representative = { ...party.representative!, name: nameOf(account) };
    return { ...party, email: account.email, phone: account.phone, representative, personId: account.id };
  }
  const { surname, given, patronymic } = account;
  return { ...party, ...contacts, surname, given, patronymic, personId: account.id, idNumber: party.idNumber ?? account.iin };
}

export function partyFrom(answer: PartyAnswer, side: Side, language: Language, ordinal = 1): PartyRecord {
  const isPerson = answer.kind === 'person';
  const acting = representativeOf(answer);
  return {
    side,
    ordinal,
    kind: answer.kind,
    personId: null,
    surname: isPerson ? (answer.surname ?? null) : null,
    given: isPerson ? (answer.given ?? null) : null,
    patronymic: isPerson ? (answer.patronymic ?? null) : null,
    organisation: isPerson ? null : (answer.organisation ?? null),
    representative: acting && { kind: acting.kind, name: acting.name ?? null, position: acting.position ?? null },
    attorney: acting?.kind === 'poa' ? attorneyFrom(acting.attorney) : null,
    accessibility: answer.accessibility ?? [],
    interpreter: answer.interpreter || null,
    channel: answer.channel ?? null,
    language: answer.language ?? language,
    idNumber: isPerson ? (answer.iin ? iin.parse(answer.iin) : null) : answer.bin ? bin.parse(answer.bin) : null,
    ...contactsOf(answer, acting),
    address: answer.address || null,
  };
}

/** For somebody under age the parent or guardian is written to, never the child. */
export function contactsOf({ email: address, phone }: PartyAnswer, acting: ReturnType<typeof representativeOf>) {
  if (acting?.kind === 'legal' && (acting.email || acting.phone))
    return { email: typedEmail(acting.email), phone: typedPhone(acting.phone) };
  return { email: typedEmail(address || acting?.email), phone: typedPhone(phone || acting?.phone) };
}

export function attorneyFrom(attorney: Attorney | undefined): AttorneyRecord | null {
  if (!attorney) return null;
  const { number, issuedBy, issuedOn, validUntil, powers = [] } = attorney;
  return { paper: JSON.stringify({ number, issuedBy, issuedOn }), until: validUntil || null, powers };
}

/** Nobody mediates with himself: no number, address or telephone stands on both sides, the account's own included. */
export function isOnBothSides(own: PartyRecord[], account: Account | null, others: PartyRecord[]): boolean {
  const marks = [...own, ...(account ? [{ ...account, idNumber: account.iin }] : [])];
  const mine = new Set(marks.flatMap(({ idNumber, email: address, phone }) => [idNumber, address, phone]).filter(Boolean));
  return others.some((other) => [other.idNumber, other.email, other.phone].some((mark) => mark && mine.has(mark)));
}

/** Of both sides as they are named now: added, or written anew where an application comes back mended; whoever it no longer names is no party. */
export async function writeParties(
  tx: EntityManager,
  vault: Vault,
  caseId: string,
  parties: PartyRecord[],
  joinedAt: (party: PartyRecord) => Date | null,
) {
  const known = (await tx.query('SELECT id, side, ordinal FROM parties WHERE case_id = $1', [caseId])) as Pick<
    PartyRow,
    'id' | 'side' | 'ordinal'
  >[];
  const isOf = (party: PartyRecord) => (row: Pick<PartyRow, 'side' | 'ordinal'>) =>
    row.side === party.side && row.ordinal === party.ordinal;
  const placed = parties.map((party) => ({ party, id: known.find(isOf(party))?.id ?? newId() }));
  const fresh = placed.filter(({ id }) => known.every((row) => row.id !== id)).map(({ id }) => id);
  const gone = known.filter((row) => !parties.some((party) => isOf(party)(row))).map(({ id }) => id);
  await Promise.all([
    fresh.length > 0 ? vault.keys.createAll(tx, 'party', fresh) : null,
    gone.length > 0 ? tx.query('DELETE FROM parties WHERE id = ANY ($1)', [gone]) : null,
  ]);
  const rows = await Promise.all(
    placed.map(({ party, id }) => {
      const seal = (text: string, field: string) => vault.keys.seal(tx, { scope: 'party', id }, text, field);
      return rowOf(seal, vault.hashes, { id, caseId, party, joinedAt: joinedAt(party) });
    }),
  );
  await Promise.all(rows.map((row) => upsert(tx, 'parties', row, !fresh.includes(row.id))));
}

/** A party as it lies in the database: contacts sealed with the party's own key. */
export async function rowOf(
  seal: (text: string, field: string) => Buffer | Promise<Buffer>,
  hashes: KeyedHash,
  { id, caseId, party, joinedAt }: { id: string; caseId: string; party: PartyRecord; joinedAt: Date | null },
) {
  const sealed = (text: string | null, field: string) => (text ? seal(text, field) : null);
  return {
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
    attorney_sealed: await sealed(party.attorney?.paper ?? null, 'attorney'),
    attorney_until: party.attorney?.until ?? null,
    attorney_powers: party.attorney?.powers ?? null,
    accessibility: party.accessibility,
    interpreter: party.interpreter,
    channel: party.channel,
    name_folded: foldedName(party),
    language: party.language,
    id_number_sealed: await sealed(party.idNumber, 'id_number'),
    id_number_hash: party.idNumber && hashes.of('iin', party.idNumber),
    email_sealed: await sealed(party.email, 'email'),
    email_hash: party.email && hashes.of('contact', `email:${party.email}`),
    phone_sealed: await sealed(party.phone, 'phone'),
    phone_hash: party.phone && hashes.of('contact', `phone:${party.phone}`),
    address_sealed: await sealed(party.address, 'address'),
    joined_at: joinedAt,
  };
}
type PartyRow = Awaited<ReturnType<typeof rowOf>>;

/** Bytes as PostgreSQL reads them out of JSON. */
export const hex = (bytes: Buffer) => `\\x${bytes.toString('hex')}`;
export const inText = (row: object) =>
  Object.fromEntries(Object.entries(row).map(([column, value]) => [column, Buffer.isBuffer(value) ? hex(value) : (value as unknown)]));

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
