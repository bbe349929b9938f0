import type { EntityManager } from 'typeorm';
import type { PushDevice } from '#contract';
import type { Keys } from '#platform';
import { courteousHour } from '../planning/quiet-hours.js';
import { stillAsked } from '../planning/gatherings.js';
import { stillUnread } from '../planning/unread.js';
import { refuses, type Wishes, wishesOf } from '../planning/wishes.js';
import { kindOfTemplate } from '../rules/kinds.js';
import { isPrompt } from '../rules/rules.js';
import { templates, type Template } from '../rules/templates.js';
import type { Claimed } from './claims.js';

/** Opened for one sending and held no longer: where it goes, and the code it carries. Or why it does not go, or not now. */
export type Device = PushDevice & { id: string };
export type Reached = { to: string; code?: string; otherwise: boolean; devices?: Device[] };
export type Opened = Reached | { suppressed: string } | { flaw: string } | { postponed: Date };

type Sealed = { id: string; email: Buffer | null; phone: Buffer | null };
type SealedWitness = { id: string; contact: Buffer };
type SealedGuest = { id: string; contact: Buffer };
type SealedDevice = { id: string; personId: string; device: Buffer };
type SealedCode = { id: string; contact: Buffer | null; code: Buffer | null; expiresAt: Date };
type SealedInvitation = { partyId: string; personId: string | null; caseId: string; code: Buffer };

/** One-time codes and staff invitations lie under one key that api and worker hold (libs/people). */
const unowned = { scope: 'person', id: '00000000-0000-0000-0000-000000000000' } as const;

/** Opens what a batch of notices needs, in a handful of statements. This process holds the keys of contacts and no others. */
export async function openContacts(tx: EntityManager, keys: Keys, notices: Claimed[], now: Date): Promise<Map<string, Opened>> {
  const open = new Opener(tx, keys, now);
  await open.read(notices);
  const opened = await Promise.all(notices.map(async (notice) => [notice.id, await open.one(notice)] as const));
  return new Map(opened);
}

class Opener {
  private persons = new Map<string, Sealed>();
  private parties = new Map<string, Sealed>();
  private codes = new Map<string, SealedCode>();
  private invitations: SealedInvitation[] = [];
  private unread = new Set<string>();
  private asked = new Set<string>();
  private guests = new Map<string, SealedGuest>();
  private witnesses = new Map<string, SealedWitness>();
  private devices: SealedDevice[] = [];
  private wishes = new Map<string, Wishes>();

  constructor(
    private readonly tx: EntityManager,
    private readonly keys: Keys,
    private readonly now: Date,
  ) {}

  async read(notices: Claimed[]) {
    const of = (kind: Claimed['recipientKind']) => notices.filter((one) => one.recipientKind === kind).map((one) => one.recipientId);
    const contacts = 'SELECT id, email_sealed AS email, phone_sealed AS phone FROM';
    this.persons = await this.byId<Sealed>(`${contacts} persons WHERE id = ANY($1)`, of('person'));
    this.parties = await this.byId<Sealed>(`${contacts} parties WHERE id = ANY($1)`, of('party'));
    const codes = await this.byId<SealedCode>(
      'SELECT id, contact_sealed AS contact, code_sealed AS code, expires_at AS "expiresAt" FROM one_time_codes WHERE id = ANY($1)',
      of('code'),
    );
    const staff = await this.byId<SealedCode>(
      'SELECT id, email_sealed AS contact, code_sealed AS code, expires_at AS "expiresAt" FROM staff_invitations WHERE id = ANY($1) AND used_at IS NULL',
      of('staff_invitation'),
    );
    this.codes = new Map([...codes, ...staff]);
    await this.readInvitations(notices.filter((one) => secretOf(one) === 'invitation'));
    const waiting = notices.filter((one) => one.template === 'rooms.unread').map((one) => one.recipientId);
    if (waiting.length > 0) this.unread = await stillUnread(this.tx, waiting);
    await this.readGatherings(notices.filter((one) => one.sourceType === 'gathering'));
    this.witnesses = await this.byId<SealedWitness>(
      'SELECT id, email_sealed AS contact FROM audit_witnesses WHERE until IS NULL AND id = ANY($1)',
      of('witness'),
    );
    const pushed = notices.filter((one) => one.channel === 'push').map((one) => one.recipientId);
    if (pushed.length > 0) this.devices = await liveDevices(this.tx, pushed, this.now);
    const courtesies = notices.filter((one) => one.urgency === 'courtesy' && one.recipientKind === 'person');
    this.wishes = await wishesOf(this.tx, [...new Set(courtesies.map((one) => one.recipientId))]);
    await this.fetchKeys();
  }

  async one(notice: Claimed): Promise<Opened> {
    const unwelcome = this.unwelcome(notice);
    if (unwelcome) return unwelcome;
    try {
      if (notice.sourceType === 'gathering' && !this.asked.has(questionOf(notice))) return { suppressed: 'answered' };
      if (notice.channel === 'push') return await this.devicesOf(notice);
      if (notice.recipientKind === 'guest') return await this.guest(notice);
      if (notice.recipientKind === 'witness') return await this.witness(notice);
      return await (notice.recipientKind === 'person' || notice.recipientKind === 'party' ? this.known(notice) : this.passing(notice));
    } catch {
      return { flaw: 'contact_unreadable' };
    }
  }

  /** What the reader has said since the notice was planned; the hours, since a try may come up in the night. */
  private unwelcome({ urgency, recipientKind, recipientId, channel, template, values }: Claimed): Opened | null {
    if (urgency !== 'courtesy' || recipientKind !== 'person') return null;
    const wishes = this.wishes.get(recipientId);
    if (refuses(wishes, kindOfTemplate(template), channel)) return { suppressed: 'unwanted' };
    const due = isPrompt(template) ? this.now : courteousHour(this.now, wishes?.hours, values.at);
    return due > this.now ? { postponed: due } : null;
  }

  /** A person or a party, by the contact of the notice's channel. */
  private async known(notice: Claimed): Promise<Opened> {
    if (notice.template === 'rooms.unread' && !this.unread.has(notice.recipientId)) return { suppressed: 'read' };
    const scope = notice.recipientKind as 'person' | 'party';
    const row = (scope === 'person' ? this.persons : this.parties).get(notice.recipientId);
    const [sealed, additional, other] = notice.channel === 'email' ? [row?.email, 'email', row?.phone] : [row?.phone, 'phone', row?.email];
    if (!sealed) return { flaw: 'no_contact' };
    const to = await this.keys.open(this.tx, { scope, id: notice.recipientId }, sealed, additional);
    if (secretOf(notice) !== 'invitation') return { to, otherwise: Boolean(other) };
    const invitation = this.invitations.find(
      ({ caseId, partyId, personId }) => caseId === notice.caseId && (partyId === notice.recipientId || personId === notice.recipientId),
    );
    if (!invitation) return { suppressed: 'answered' };
    const code = await this.keys.open(this.tx, { scope: 'party', id: invitation.partyId }, invitation.code, 'invitation');
    return { to, code, otherwise: Boolean(other) };
  }

  /** The devices that have asked for it and whose session still stands. */
  private async devicesOf({ recipientId: id }: Claimed): Promise<Opened> {
    const own = this.devices.filter(({ personId }) => personId === id);
    if (own.length === 0) return { suppressed: 'no_device' };
    const devices = own.map(async (one) => {
      const opened = await this.keys.open(this.tx, { scope: 'person', id }, one.device, 'push');
      return { id: one.id, ...(JSON.parse(opened) as PushDevice) };
    });
    return { to: '', otherwise: false, devices: await Promise.all(devices) };
  }

  /** A contact that belongs to nobody yet, with the code that was asked for. */
  private async passing({ recipientId }: Claimed): Promise<Opened> {
    const row = this.codes.get(recipientId);
    if (!row?.contact || !row.code) return { suppressed: 'used' };
    if (row.expiresAt <= this.now) return { suppressed: 'expired' };
    const [to, code] = await Promise.all([row.contact, row.code].map((sealed) => this.keys.open(this.tx, unowned, sealed, recipientId)));
    return { to: to!, code: code!, otherwise: false };
  }

  /** By the contact he was asked by; he has no account yet. */
  private async guest({ recipientId }: Claimed): Promise<Opened> {
    const row = this.guests.get(recipientId);
    if (!row) return { suppressed: 'answered' };
    return { to: await this.keys.open(this.tx, unowned, row.contact, recipientId), otherwise: false };
  }

  /** By the address the administrator gave; not any more when he has ended it. */
  private async witness({ recipientId }: Claimed): Promise<Opened> {
    const row = this.witnesses.get(recipientId);
    if (!row) return { suppressed: 'answered' };
    return { to: await this.keys.open(this.tx, unowned, row.contact, recipientId), otherwise: false };
  }

  private async readGatherings(notices: Claimed[]) {
    if (notices.length === 0) return;
    this.asked = await stillAsked(
      this.tx,
      notices.map(({ sourceId }) => sourceId),
    );
    this.guests = await this.byId<SealedGuest>(
      'SELECT recipient_id AS id, contact_sealed AS contact FROM gathering_questions WHERE contact_sealed IS NOT NULL AND recipient_id = ANY($1)',
      notices.map(({ recipientId }) => recipientId),
    );
  }

  private async readInvitations(notices: Claimed[]) {
    if (notices.length === 0) return;
    this.invitations = (await this.tx.query(
      `SELECT i.party_id AS "partyId", p.person_id AS "personId", i.case_id AS "caseId", i.code_sealed AS code
       FROM invitations i JOIN parties p ON p.id = i.party_id
       WHERE i.case_id = ANY($1) AND i.answered_at IS NULL AND i.revoked_at IS NULL AND i.code_sealed IS NOT NULL AND i.expires_at > $2
       ORDER BY i.round DESC`,
      [notices.map(({ caseId }) => caseId), this.now],
    )) as SealedInvitation[];
  }

  private async fetchKeys() {
    await this.keys.fetch(this.tx, 'person', [
      ...this.persons.keys(),
      ...this.devices.map(({ personId }) => personId),
      ...(this.codes.size + this.guests.size + this.witnesses.size > 0 ? [unowned.id] : []),
    ]);
    await this.keys.fetch(this.tx, 'party', [...this.parties.keys(), ...this.invitations.map(({ partyId }) => partyId)]);
  }

  private async byId<T extends { id: string }>(sql: string, ids: string[]): Promise<Map<string, T>> {
    if (ids.length === 0) return new Map();
    return new Map(((await this.tx.query(sql, [ids])) as T[]).map((row) => [row.id, row]));
  }
}

const liveDevices = async (tx: EntityManager, personIds: string[], now: Date) =>
  (await tx.query(
    `SELECT d.id, d.person_id AS "personId", d.device_sealed AS device FROM push_subscriptions d
     JOIN sessions s ON s.id = d.session_id AND s.revoked_at IS NULL AND s.expires_at > $2 WHERE d.person_id = ANY($1)`,
    [personIds, now],
  )) as SealedDevice[];

const secretOf = ({ template }: Claimed) => (templates[template] as Template | undefined)?.secret;
const questionOf = ({ sourceId, recipientId }: Claimed) => `${sourceId} ${recipientId}`;
