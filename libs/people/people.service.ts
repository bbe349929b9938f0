import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Actor,
  type Assurance,
  type ChangeContact,
  type ChangeProfile,
  type CodeSent,
  dataConsent,
  iin,
  type Language,
  maskIin,
  type ProfileView,
  type Register,
  type ShownCode,
  type SignedIn,
} from '#contract';
import { requireSignedIn } from '#access';
import { Clock, Database, DomainError, KeyedHash, Keys, newId, record, violated } from '#platform';
import { type CheckedCode, CodesService } from './codes.service.js';
import { columnOf, contactHash, holderOf, type Reach } from './contacts.js';
import { hashPassword, refuseWeak } from './passwords.js';
import { type Opened, SessionsService } from './sessions.service.js';

export type Named = { surname: string; given: string; patronymic: string };
export type Admit = Named & Reach & { language: Language; password?: string; consent: { version: string }; assurance?: Assurance };
export type Enrolled = Named & {
  language: Language;
  email: string | null;
  phone: string | null;
  /** Whether who holds the contact by these names may be the one who is meant. */
  mayBe: (names: Map<string, Named>, id: string) => boolean;
};
/** Where a request comes from: its network for the budgets, its device for the list of sessions. */
export type From = { network?: string; device?: string };
export type FormerCode = { reach: Reach; codeId: string; language: Language; network?: string | undefined };
type Leaving = { personId: string; reach: CheckedCode; codeId: string; former: ShownCode | undefined; network: string | undefined };
type Sealed = Record<'email_sealed' | 'phone_sealed' | 'iin_sealed', Buffer | null>;
type Row = Omit<ProfileView, 'email' | 'phone' | 'iin'> & Sealed;

const reachesOf = ({ email, phone }: Enrolled): Reach[] => [
  ...(email ? [{ channel: 'email' as const, contact: email }] : []),
  ...(phone ? [{ channel: 'sms' as const, contact: phone }] : []),
];

/** Surname first, as in every paper here. */
export const nameOf = ({ surname, given, patronymic }: Named) => [surname, given, patronymic].filter(Boolean).join(' ');

/** Accounts: who somebody is, how to reach him, what he consented to. */
@Injectable()
export class PeopleService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly hashes: KeyedHash,
    private readonly codes: CodesService,
    private readonly sessions: SessionsService,
  ) {}

  /** Opens an account for who holds the contact that the code went to, and a session for it. */
  register(input: Register, { network, device }: From): Promise<Opened> {
    return this.db.transaction({ id: null, role: 'visitor' }, async (tx) => {
      const reach = await this.codes.check(tx, { ...input, purpose: 'register', network });
      const personId = await this.create(tx, { ...input, channel: reach.channel, contact: reach.contact });
      if (!personId) throw new DomainError('contact.taken');
      return this.sessions.open(tx, { personId, ownDevice: false, device });
    });
  }

  /** The account behind a contact that a code has just proved, or a new one. An account that is there keeps its names and its password. */
  async admit(tx: EntityManager, person: Admit): Promise<string> {
    const made = await this.create(tx, person);
    if (made) return made;
    const found = await holderOf(tx, contactHash(this.hashes, person));
    if (!found || found.disabled) throw new DomainError('person.disabled');
    await this.consent(tx, found.id, person.consent);
    await this.hold(tx, found.id);
    return found.id;
  }

  /** An account without any contact, for who stands at the desk with his document: he is written to on paper. */
  async receive(tx: EntityManager, { surname, given, patronymic, language }: Named & { language: Language }): Promise<string> {
    const [id, at] = [newId(), this.clock.now()];
    await tx.query(
      `INSERT INTO persons (id, surname, given, patronymic, language, assurance, created_at) VALUES ($1, $2, $3, $4, $5, 'desk', $6)`,
      [id, surname, given, patronymic, language, at],
    );
    await this.hold(tx, id);
    return id;
  }

  /** One's own word, given at the House's computer by who was received there. */
  agree(actor: Actor, consent: { version: string }): Promise<void> {
    requireSignedIn(actor);
    return this.db.transaction(actor, (tx) => this.consent(tx, actor.id, consent));
  }

  async namesOf(tx: EntityManager, ids: string[]): Promise<Map<string, Named>> {
    const rows = (await tx.query('SELECT id, surname, given, patronymic FROM persons WHERE id = ANY($1)', [ids])) as (Named & {
      id: string;
    })[];
    return new Map(rows.map(({ id, ...named }) => [id, named]));
  }

  profile(actor: Actor): Promise<ProfileView> {
    requireSignedIn(actor);
    return this.db.transaction(actor, (tx) => this.view(tx, actor.id));
  }

  /** Claiming an IIN proves nothing: it is checked for its form, shown to nobody, and two people may claim the same. */
  change(actor: Actor, { iin: claimed, ...changes }: ChangeProfile): Promise<ProfileView> {
    requireSignedIn(actor);
    const { id } = actor;
    return this.db.transaction(actor, async (tx) => {
      const { surname, given, patronymic, language } = changes;
      await tx.query(
        `UPDATE persons SET surname = coalesce($2, surname), given = coalesce($3, given), patronymic = coalesce($4, patronymic), language = coalesce($5, language) WHERE id = $1`,
        [id, surname ?? null, given ?? null, patronymic ?? null, language ?? null],
      );
      if (claimed !== undefined) await this.claim(tx, id, claimed);
      return this.view(tx, id);
    });
  }

  /** Before a contact is replaced, a code goes to it as well; whoever merely found the session open has no say. */
  async askFormer(tx: EntityManager, actor: SignedIn, asked: FormerCode): Promise<CodeSent | null> {
    const { id: personId } = actor;
    const { email, phone } = await this.view(tx, personId);
    const contact = asked.reach.channel === 'email' ? email : phone;
    if (!contact || contact === asked.reach.contact) return null;
    const { language, network } = asked;
    const { channel } = asked.reach;
    return this.codes.issue(tx, {
      channel,
      contact,
      personId,
      language,
      purpose: 'leave_contact',
      subjectId: asked.codeId,
      ...(network ? { network } : {}),
    });
  }

  /** Adds the address or the phone that the code went to, or puts it in the place of one whose own code is shown too. */
  addContact(actor: Actor, { former, ...shown }: ChangeContact, { network }: From): Promise<ProfileView> {
    requireSignedIn(actor);
    const { id } = actor;
    return this.db.transaction(actor, async (tx) => {
      const reach = await this.codes.check(tx, { ...shown, purpose: 'add_contact', network });
      if (reach.personId !== id) throw new DomainError('code.wrong');
      await this.confirmFormer(tx, { personId: id, reach, codeId: shown.codeId, former, network });
      await this.keepContact(tx, id, reach);
      await record(tx, actor, { type: 'person.contact_changed', at: this.clock.now(), data: { personId: id, channel: reach.channel } });
      return this.view(tx, id);
    });
  }

  async consent(tx: EntityManager, personId: string, { version }: { version: string }): Promise<void> {
    if (version !== dataConsent.version) throw new DomainError('consent.required');
    await tx.query('INSERT INTO consents (person_id, document, version, given_at) VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING', [
      personId,
      dataConsent.document,
      version,
      this.clock.now(),
    ]);
  }

  /**
   * Writes down somebody whom the House knows from papers: the account opens when an invitation to one of the contacts is used, with the consent
   * given there. Whoever holds a contact already is the one meant, or else the contact is named as another's.
   */
  async enrol(tx: EntityManager, person: Enrolled): Promise<{ id: string } | { taken: 'email' | 'phone' }> {
    const reaches = reachesOf(person);
    for (const reach of reaches) {
      const found = await holderOf(tx, contactHash(this.hashes, reach));
      if (!found) continue;
      return person.mayBe(await this.namesOf(tx, [found.id]), found.id) ? { id: found.id } : { taken: columnOf[reach.channel] };
    }
    const [id, at] = [newId(), this.clock.now()];
    const [first] = reaches;
    if (!first) throw new DomainError('invalid', { fields: { email: 'contact_needed' } });
    await tx.query(
      `INSERT INTO persons (id, surname, given, patronymic, language, ${columnOf[first.channel]}_hash, assurance, created_at) VALUES ($1, $2, $3, $4, $5, $6, 'desk', $7)`,
      [id, person.surname, person.given, person.patronymic, person.language, contactHash(this.hashes, first), at],
    );
    for (const reach of reaches) await this.keepContact(tx, id, reach);
    return { id };
  }

  /** Null when somebody already holds the contact; of two at once one waits for the other and finds out. */
  async create(tx: EntityManager, person: Admit, role: 'citizen' | null = 'citizen'): Promise<string | null> {
    const { surname, given, patronymic, language, password, assurance = 'code' } = person;
    if (person.consent.version !== dataConsent.version) throw new DomainError('consent.required');
    if (password !== undefined) refuseWeak(password, [nameOf(person), person.contact]);
    const [id, now] = [newId(), this.clock.now()];
    const made = (await tx.query(
      `INSERT INTO persons (id, surname, given, patronymic, language, ${columnOf[person.channel]}_hash, assurance, created_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING RETURNING id`,
      [id, surname, given, patronymic, language, contactHash(this.hashes, person), assurance, now],
    )) as object[];
    if (made.length === 0) return null;
    await this.keepContact(tx, id, person);
    await this.consent(tx, id, person.consent);
    if (password !== undefined) await this.setPassword(tx, id, password);
    if (role) await this.hold(tx, id);
    await record(tx, { id, role: 'citizen' }, { type: 'person.registered', at: now, data: { personId: id } });
    return id;
  }

  /** Weak ones were refused before, where the names and the contact are known. */
  async setPassword(tx: EntityManager, personId: string, password: string): Promise<void> {
    await tx.query(
      `INSERT INTO credentials (person_id, password_hash, changed_at) VALUES ($1, $2, $3)
       ON CONFLICT (person_id) DO UPDATE SET password_hash = $2, changed_at = $3`,
      [personId, await hashPassword(password), this.clock.now()],
    );
  }

  private async hold(tx: EntityManager, personId: string) {
    await tx.query(`INSERT INTO person_roles (person_id, role, granted_at) VALUES ($1, 'citizen', $2) ON CONFLICT DO NOTHING`, [
      personId,
      this.clock.now(),
    ]);
  }

  /** The row is held, so that of two changes at once the second finds what the first has left. */
  private async confirmFormer(tx: EntityManager, { personId, reach, codeId, former, network }: Leaving) {
    const column = columnOf[reach.channel];
    const [{ held }] = (await tx.query(`SELECT ${column}_hash AS held FROM persons WHERE id = $1 FOR UPDATE`, [personId])) as [
      { held: Buffer | null },
    ];
    if (!held || held.equals(reach.contactHash)) return;
    if (!former) throw new DomainError('contact.former_unconfirmed');
    const left = await this.codes.check(tx, { ...former, purpose: 'leave_contact', subjectId: codeId, network });
    if (left.personId !== personId || !left.contactHash.equals(held)) throw new DomainError('contact.former_unconfirmed');
  }

  private async keepContact(tx: EntityManager, id: string, reach: Reach) {
    const column = columnOf[reach.channel];
    const sealed = await this.keys.seal(tx, { scope: 'person', id }, reach.contact, column);
    try {
      await tx.query(`UPDATE persons SET ${column}_sealed = $2, ${column}_hash = $3 WHERE id = $1`, [
        id,
        sealed,
        contactHash(this.hashes, reach),
      ]);
    } catch (error) {
      throw violated(error) === `persons_${column}` ? new DomainError('contact.taken') : error;
    }
  }

  private async claim(tx: EntityManager, id: string, claimed: string) {
    const checked = iin.safeParse(claimed);
    if (claimed.trim() && !checked.success)
      throw new DomainError('invalid', { fields: { iin: checked.error.issues[0]?.message ?? 'iin' } });
    const number = claimed.trim() ? checked.data! : null;
    const sealed = number && (await this.keys.seal(tx, { scope: 'person', id }, number, 'iin'));
    await tx.query('UPDATE persons SET iin_sealed = $2, iin_hash = $3 WHERE id = $1', [
      id,
      sealed,
      number && this.hashes.of('iin', number),
    ]);
  }

  private async view(tx: EntityManager, id: string): Promise<ProfileView> {
    const [row] = (await tx.query(
      `SELECT p.id, surname, given, patronymic, language, assurance, email_sealed, phone_sealed, iin_sealed,
              c.password_hash IS NOT NULL AS "hasPassword", c.totp_confirmed_at IS NOT NULL AS "hasSecondFactor"
       FROM persons p LEFT JOIN credentials c ON c.person_id = p.id WHERE p.id = $1`,
      [id],
    )) as Row[];
    if (!row) throw new DomainError('not_found');
    const { email_sealed, phone_sealed, iin_sealed, ...plain } = row;
    const opened = (sealed: Buffer | null, what: string) => (sealed ? this.keys.open(tx, { scope: 'person', id }, sealed, what) : null);
    const number = await opened(iin_sealed, 'iin');
    const [email, phone] = [await opened(email_sealed, 'email'), await opened(phone_sealed, 'phone')];
    return { ...plain, email, phone, iin: number && maskIin(number) };
  }
}
