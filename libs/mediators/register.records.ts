import type { EntityManager } from 'typeorm';
import { birthDateOf, type Certificate, type KeepEntry, type KeptEntry, type RegisterChange } from '#contract';
import { KeyedHash, Keys, newId, violated } from '#platform';
import type { Mediator } from './mediator.entity.js';
import { type Faults, nameKey } from './register.rules.js';

type Vault = { keys: Keys; hashes: KeyedHash };
/** What of an entry is internal: sealed together, opened for the desk and the mediator himself. */
const internal = ['iin', 'email', 'phone', 'address', 'employer', 'employerBin'] as const;
type Internal = Pick<KeptEntry, (typeof internal)[number]>;
const nothing: Internal = { iin: null, email: null, phone: null, address: '', employer: '', employerBin: null };

export async function detailsOf(tx: EntityManager, { keys }: Vault, mediatorId: string): Promise<Internal> {
  const [row] = (await tx.query('SELECT sealed FROM register_details WHERE mediator_id = $1', [mediatorId])) as { sealed: Buffer }[];
  if (!row) return nothing;
  return JSON.parse(await keys.open(tx, { scope: 'person', id: mediatorId }, row.sealed, 'register')) as Internal;
}

export async function keepDetails(tx: EntityManager, { keys, hashes }: Vault, mediatorId: string, entry: KeepEntry): Promise<void> {
  const kept = Object.fromEntries(internal.map((name) => [name, entry[name]]));
  const sealed = await keys.seal(tx, { scope: 'person', id: mediatorId }, JSON.stringify(kept), 'register');
  const bins = [entry.organisationBin, entry.employerBin].filter((number) => number !== null);
  await tx.query(
    `INSERT INTO register_details (mediator_id, sealed, iin_hash, namesake_hash, bin_hashes) VALUES ($1, $2, $3, $4, $5)
     ON CONFLICT (mediator_id) DO UPDATE SET sealed = excluded.sealed, iin_hash = excluded.iin_hash, namesake_hash = excluded.namesake_hash, bin_hashes = excluded.bin_hashes`,
    [mediatorId, sealed, hashes.of('iin', entry.iin), namesakeHash(hashes, entry), bins.map((number) => hashes.of('iin', number))],
  );
}

const namesakeHash = (hashes: KeyedHash, entry: KeepEntry) => hashes.of('register', `${nameKey(entry)}|${birthDateOf(entry.iin)}`);

/** What stands in the way of an entry among the others: the same number, the same person under another spelling, another's certificate. */
export async function clashes(tx: EntityManager, { hashes }: Vault, entry: KeepEntry, mediatorId: string | null): Promise<Faults> {
  const faults: Faults = {};
  const seen = async (sql: string, values: unknown[]) => ((await tx.query(sql, [mediatorId, ...values])) as object[]).length > 0;
  const others = 'mediator_id IS DISTINCT FROM $1::uuid';
  if (await seen('SELECT 1 FROM mediators WHERE person_id IS DISTINCT FROM $1::uuid AND register_number = $2', [entry.registerNumber]))
    faults['registerNumber'] = 'number_taken';
  if (await seen(`SELECT 1 FROM register_details WHERE ${others} AND iin_hash = $2`, [hashes.of('iin', entry.iin)]))
    faults['iin'] = 'already_registered';
  else if (
    !entry.isAnother &&
    (await seen(`SELECT 1 FROM register_details WHERE ${others} AND namesake_hash = $2`, [namesakeHash(hashes, entry)]))
  )
    faults['surname'] = 'looks_registered';
  for (const [at, { issuer, number }] of entry.certificates.entries())
    if (await seen(`SELECT 1 FROM certificates WHERE ${others} AND issuer = $2 AND number = $3`, [issuer, number]))
      faults[`certificates.${at}.number`] = 'number_taken';
  return faults;
}

export async function certificatesOf(tx: EntityManager, mediatorId: string): Promise<Certificate[]> {
  return (await tx.query(
    `SELECT course, field, number, issuer, issued_on::text AS "issuedOn", valid_from::text AS "validFrom", valid_until::text AS "validUntil" FROM certificates
     WHERE mediator_id = $1 ORDER BY issued_on, id`,
    [mediatorId],
  )) as Certificate[];
}

export async function addCertificate(tx: EntityManager, mediatorId: string, one: Certificate): Promise<void> {
  try {
    await tx.query(
      `INSERT INTO certificates (id, mediator_id, course, field, number, issuer, issued_on, valid_from, valid_until)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
      [newId(), mediatorId, one.course, one.field, one.number, one.issuer, one.issuedOn, one.validFrom, one.validUntil],
    );
  } catch (error) {
    throw faultFrom(error) ?? error;
  }
}

/** As the desk keeps them now: the whole list, if anything of it differs. */
export async function keepCertificates(tx: EntityManager, mediatorId: string, list: readonly Certificate[]): Promise<void> {
  const kept = await certificatesOf(tx, mediatorId);
  if (JSON.stringify(kept.map(key).toSorted()) === JSON.stringify(list.map(key).toSorted())) return;
  await tx.query('DELETE FROM certificates WHERE mediator_id = $1', [mediatorId]);
  for (const one of list) await addCertificate(tx, mediatorId, one);
}

export const key = ({ course, field, number, issuer, issuedOn, validFrom, validUntil }: Certificate): string =>
  [course, field, number, issuer, issuedOn, ...(validFrom ? [validFrom] : []), validUntil].join(' | ');

/** What the database refuses by itself, said as the fields' own words. */
function faultFrom(error: unknown): CertificateRefused | null {
  const broken = violated(error);
  if (broken === 'certificates_apart') return new CertificateRefused('certificate_overlaps');
  return broken === 'certificates_number' ? new CertificateRefused('number_taken') : null;
}
export class CertificateRefused extends Error {}

/** Names of what changed with what it was and is; of what is internal the name alone. */
export function differences(before: KeptEntry, after: KeepEntry): Record<string, [string, string] | null> {
  const found: Record<string, [string, string] | null> = {};
  for (const name of Object.keys(before) as (keyof KeptEntry)[]) {
    if (name === 'version') continue;
    const [was, is] = [said(before[name]), said(after[name])];
    if (was !== is) found[name] = (internal as readonly string[]).includes(name) ? null : [was, is];
  }
  return found;
}

const said = (value: unknown): string =>
  Array.isArray(value) ? value.map((one) => (typeof one === 'string' ? one : key(one as Certificate))).join(', ') : String(value ?? '');

type Noted = Omit<RegisterChange, 'changes' | 'at'> & { changes: Record<string, [string, string] | null>; at: Date };

export async function historyOf(tx: EntityManager, mediatorId: string): Promise<RegisterChange[]> {
  const rows = (await tx.query(
    `SELECT c.id, c.kind, c.from_day::text AS "from", c.until_day::text AS until, c.ground, c.changes, c.changed_at AS at,
       nullif(concat_ws(' ', p.surname, p.given), '') AS by
     FROM register_changes c LEFT JOIN persons p ON p.id = c.changed_by WHERE c.mediator_id = $1 ORDER BY c.changed_at DESC, c.id DESC LIMIT 100`,
    [mediatorId],
  )) as Noted[];
  return rows.map(({ changes, at, ...row }) => ({
    ...row,
    at: at.toISOString(),
    changes: Object.entries(changes).map(([what, both]) => ({ what, before: both?.[0] ?? null, after: both?.[1] ?? null })),
  }));
}

type Change = {
  kind: RegisterChange['kind'];
  from?: string;
  until?: string | null;
  ground?: string;
  changes?: Record<string, [string, string] | null>;
};

export const noteChange = (
  tx: EntityManager,
  by: string | null,
  mediatorId: string,
  at: Date,
  { kind, from, until, ground, changes = {} }: Change,
) =>
  tx.query(
    'INSERT INTO register_changes (id, mediator_id, kind, from_day, until_day, ground, changes, changed_by, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)',
    [newId(), mediatorId, kind, from ?? null, until ?? null, ground ?? null, JSON.stringify(changes), by, at],
  );

/** The row as the form shows it. */
export function keptFrom(
  row: Mediator,
  names: Pick<KeptEntry, 'surname' | 'given' | 'patronymic' | 'language'>,
  details: Internal,
  certificates: Certificate[],
): KeptEntry {
  const { kind, registerNumber, languages, fields, district, capacity, organisationBin, protocolDate, version } = row;
  return {
    ...names,
    ...details,
    kind,
    registerNumber,
    languages,
    fields,
    district,
    capacity,
    organisationBin,
    protocolDate,
    version,
    enteredOn: row.registerEntryDate,
    organisation: row.organisation ?? '',
    community: row.community ?? '',
    protocolNumber: row.protocolNumber ?? '',
    certificates,
  };
}
