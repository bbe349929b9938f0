import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import { type Actor, type Certificate, type KeepEntry, type KeptEntry, type SetStanding } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import { type Named, PeopleService } from '#people';
import { Clock, Database, DomainError, KeyedHash, Keys, record } from '#platform';
import { Mediator } from './mediator.entity.js';
import { MediatorsService } from './mediators.service.js';
import {
  addCertificate,
  CertificateRefused,
  certificatesOf,
  clashes,
  detailsOf,
  differences,
  keepCertificates,
  keepDetails,
  key,
  keptFrom,
  noteChange,
} from './register.records.js';
import { certificateFaults, type Faults, faultsIn, nameKey, renewalDay } from './register.rules.js';

/** The register of mediators, kept by the desk. One door for the page, for tables that are taken in and for the demo. */
@Injectable()
export class RegisterService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    readonly keys: Keys,
    readonly hashes: KeyedHash,
    private readonly people: PeopleService,
    private readonly mediators: MediatorsService,
  ) {}

  keep(actor: Actor, entry: KeepEntry, mediatorId: string | null = null): Promise<string> {
    return this.db.transaction(actor, (tx) => this.keepIn(tx, actor, entry, mediatorId));
  }

  /** Everything that is wrong with an entry, without writing any of it: what a table that is taken in is shown first. */
  async faultsOf(tx: EntityManager, entry: KeepEntry, mediatorId: string | null = null): Promise<Faults> {
    return { ...(await clashes(tx, this, entry, mediatorId)), ...faultsIn(entry, this.today()) };
  }

  /** Enters somebody, or corrects an entry. Entries are written one at a time: of two for one person at once the second is told. */
  async keepIn(tx: EntityManager, actor: Actor, entry: KeepEntry, mediatorId: string | null = null): Promise<string> {
    authorize(actor, 'register.keep', null);
    await tx.query(`SELECT pg_advisory_xact_lock(hashtext('kelisim.register'))`);
    const before = mediatorId ? await this.lock(tx, actor, mediatorId, entry.version) : null;
    const faults = await this.faultsOf(tx, entry, mediatorId);
    if (Object.keys(faults).length > 0) throw new DomainError('invalid', { fields: faults });
    const was = before && (await this.kept(tx, before));
    const changes = was ? differences(was, entry) : {};
    if (was && Object.keys(changes).length === 0) return before.personId;
    const personId = before ? await this.rename(tx, before.personId, entry) : await this.person(tx, actor, entry);
    await this.mediators.register(tx, { ...rowFrom(entry), personId, version: (before?.version ?? 0) + 1 });
    await keepDetails(tx, this, personId, entry);
    await keepCertificates(tx, personId, entry.certificates);
    await this.note(tx, actor, personId, { kind: before ? 'corrected' : 'entered', changes });
    return personId;
  }

  /** Suspends, excludes or lets in again, from a day on a ground. From that day no new case; the open ones are raised for another mediator at once. */
  setStanding(actor: Actor, mediatorId: string, asked: SetStanding): Promise<void> {
    return this.db.transaction(actor, (tx) => this.setStandingIn(tx, actor, mediatorId, asked));
  }

  async setStandingIn(tx: EntityManager, actor: Actor, mediatorId: string, asked: SetStanding): Promise<void> {
    authorize(actor, 'register.keep', null);
    const found = await this.lock(tx, actor, mediatorId, asked.version);
    const today = this.today();
    const next = standingFrom(found, asked, today);
    await tx.update(Mediator, { personId: mediatorId }, { ...next, statusGround: asked.ground, version: found.version + 1 });
    const kind = asked.status === 'active' ? 'restored' : asked.status;
    await this.note(tx, actor, mediatorId, { kind, from: asked.from, until: asked.until, ground: asked.ground });
    if (Object.assign(new Mediator(), next).standingOn(today) !== 'active')
      await tx.query('SELECT raise_register_handover($1, $2, $3)', [mediatorId, actor.id, this.clock.now()]);
  }

  /** When a certificate begins that is issued today: at once, or where such a one is in its last days, after it. */
  async certifiedFrom(tx: EntityManager, mediatorId: string, course: Pick<Certificate, 'course' | 'field'>): Promise<string> {
    const today = this.today();
    return renewalDay(await certificatesOf(tx, mediatorId), { ...course, issuedOn: today }) ?? today;
  }

  /** A certificate that somebody has earned, added to what stands there: what a training feeds the register with. Of a field he takes those cases from now on. */
  async certify(tx: EntityManager, actor: Actor, mediatorId: string, earned: Certificate): Promise<void> {
    authorize(actor, 'register.keep', null);
    const found = await this.lock(tx, actor, mediatorId, null);
    const before = await certificatesOf(tx, mediatorId);
    const faults = certificateFaults([...before, earned], this.today());
    const own = Object.entries(faults).filter(([name]) => name.startsWith(`certificates.${before.length}.`));
    if (own.length > 0) throw invalidCertificate(own[0]![1]);
    try {
      await addCertificate(tx, mediatorId, earned);
    } catch (error) {
      throw error instanceof CertificateRefused ? invalidCertificate(error.message) : error;
    }
    const { field } = earned;
    const fields = field && !found.fields.includes(field) ? [...found.fields, field] : found.fields;
    await tx.update(Mediator, { personId: mediatorId }, { fields, version: found.version + 1 });
    const widened: Record<string, [string, string]> =
      fields === found.fields ? {} : { fields: [found.fields.join(', '), fields.join(', ')] };
    await this.note(tx, actor, mediatorId, { kind: 'certified', changes: { certificates: ['', key(earned)], ...widened } });
  }

  /** Whose row it is, held until the transaction ends; changed by somebody else since it was read, it is not changed again. */
  private async lock(tx: EntityManager, actor: Actor, mediatorId: string, version: number | null): Promise<Mediator> {
    const found = await tx.findOne(Mediator, { where: { personId: mediatorId }, lock: { mode: 'pessimistic_write' } });
    if (!found) throw new DomainError('not_found');
    if (actor.id === mediatorId) throw new DomainError('register.own_entry');
    if (version !== null && version !== found.version) throw new DomainError('stale');
    return found;
  }

  private async kept(tx: EntityManager, row: Mediator): Promise<KeptEntry> {
    const [names] = (await tx.query('SELECT surname, given, patronymic, language FROM persons WHERE id = $1', [row.personId])) as [
      Named & Pick<KeptEntry, 'language'>,
    ];
    return keptFrom(row, names, await detailsOf(tx, this, row.personId), await certificatesOf(tx, row.personId));
  }

  /** Who holds the contact and is called so is the one meant, whatever the spelling; somebody else's contact is a mistake of the entry. */
  private async person(tx: EntityManager, actor: Actor, entry: KeepEntry): Promise<string> {
    const enrolled = await this.people.enrol(tx, {
      ...entry,
      mayBe: (names, id) => nameKey(names.get(id) ?? { surname: '', given: '' }) === nameKey(entry),
    });
    if ('taken' in enrolled) throw new DomainError('invalid', { fields: { [enrolled.taken]: 'contact_of_other' } });
    if (enrolled.id === actor.id) throw new DomainError('register.own_entry');
    const [known] = (await tx.query('SELECT 1 FROM mediators WHERE person_id = $1', [enrolled.id])) as object[];
    const [detailed] = (await tx.query('SELECT 1 FROM register_details WHERE mediator_id = $1', [enrolled.id])) as object[];
    if (known || detailed) throw new DomainError('invalid', { fields: { surname: 'already_registered' } });
    return enrolled.id;
  }

  private async rename(tx: EntityManager, personId: string, { surname, given, patronymic, language }: KeepEntry): Promise<string> {
    await tx.query('UPDATE persons SET surname = $2, given = $3, patronymic = $4, language = $5 WHERE id = $1', [
      personId,
      surname,
      given,
      patronymic,
      language,
    ]);
    return personId;
  }

  private async note(tx: EntityManager, actor: Actor, personId: string, change: Parameters<typeof noteChange>[4]): Promise<void> {
    const at = this.clock.now();
    await noteChange(tx, actor.id, personId, at, change);
    await record(tx, actor, { type: 'register.changed', at, data: { personId, code: change.kind } });
  }

  private today() {
    return dayOf(this.clock.now().getTime(), kazakhstan.zone);
  }
}

const rowFrom = ({ enteredOn, organisation, community, protocolNumber, ...entry }: KeepEntry) => {
  const { kind, registerNumber, languages, fields, district, capacity, organisationBin, protocolDate } = entry;
  return {
    kind,
    registerNumber,
    fields,
    district,
    capacity,
    organisationBin,
    protocolDate,
    languages: languages as Mediator['languages'],
    registerEntryDate: enteredOn,
    organisation: organisation || null,
    community: community || null,
    protocolNumber: protocolNumber || null,
  };
};

type NextStanding = Pick<Mediator, 'status' | 'statusFrom' | 'statusUntil'>;

/** One standing at a time: what begins later may not wipe out what holds until then. */
function standingFrom(found: Mediator, { status, from, until }: SetStanding, today: string): NextStanding {
  const running = found.standingOn(today) !== 'active';
  if (status !== 'active') {
    if (running && from > today) throw new DomainError('invalid', { fields: { from: 'standing_runs' } });
    return { status, statusFrom: from, statusUntil: until };
  }
  const scheduled = found.status !== 'active' && found.statusFrom !== null && found.statusFrom > today;
  if (!running && !scheduled) throw new DomainError('register.standing_same');
  if (from <= today || scheduled) return { status, statusFrom: from <= today ? from : today, statusUntil: null };
  if (found.status === 'excluded') throw new DomainError('invalid', { fields: { from: 'date_future' } });
  return { status: 'suspended', statusFrom: found.statusFrom, statusUntil: from };
}

const invalidCertificate = (code: string) => new DomainError('invalid', { fields: { certificate: code } });
