import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Actor,
  type InviteStaff,
  type Language,
  officeRoles,
  type Role,
  type StaffInvitationRow,
  type UseStaffInvitation,
} from '#contract';
import { authorize } from '#access';
import { Clock, Database, DomainError, KeyedHash, Keys, newId, record, violated } from '#platform';
import { unownedKey } from './codes.service.js';
import { contactHash, holderOf, type Reach, reachFrom } from './contacts.js';
import { OfficesService } from './offices.service.js';
import { refuseWeak } from './passwords.js';
import { type From, type Named, nameOf, PeopleService } from './people.service.js';
import { type Opened, SessionsService } from './sessions.service.js';
import { Throttle } from './throttle.js';

const livesMs = 72 * 3_600_000;
const alphabet = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
type Row = Named & { id: string; role: Role; court_id: string | null; language: Language; email_sealed: Buffer; invited_by: string };

/** How mediators and offices get an account: an invitation by e-mail, for one use within 72 hours. The worker delivers it. */
@Injectable()
export class StaffInvitationsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly hashes: KeyedHash,
    private readonly people: PeopleService,
    private readonly offices: OfficesService,
    private readonly sessions: SessionsService,
    private readonly throttle: Throttle,
  ) {}

  invite(actor: Actor, input: InviteStaff): Promise<StaffInvitationRow> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'people.manage', null);
      const reach = reachFrom(input.email, 'email');
      if (reach.channel !== 'email') throw new DomainError('invalid', { fields: { email: 'email' } });
      if (input.role !== 'mediator' && !officeRoles.includes(input.role)) throw new DomainError('invalid', { fields: { role: 'choose' } });
      const [id, code, now] = [newId(), newCode(), this.clock.now()];
      const expiresAt = new Date(now.getTime() + livesMs);
      const emailSealed = await this.keys.seal(tx, unownedKey, reach.contact, id);
      const codeSealed = await this.keys.seal(tx, unownedKey, code, id);
      const values = [id, input.role, input.courtId, input.surname, input.given, input.patronymic, input.language];
      try {
        await tx.query(
          `INSERT INTO staff_invitations (id, role, court_id, surname, given, patronymic, language, email_sealed, code_sealed, code_hash, invited_by, created_at, expires_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`,
          [...values, emailSealed, codeSealed, this.hashOf(code), actor.id, now, expiresAt],
        );
      } catch (error) {
        throw violated(error) === 'staff_invitations_court' ? new DomainError('court.unknown') : error;
      }
      await record(tx, actor, { type: 'staff.invited', at: now, data: { invitationId: id, role: input.role, courtId: input.courtId } });
      const { role } = input;
      return { id, name: nameOf(input), role, createdAt: now.toISOString(), expiresAt: expiresAt.toISOString(), used: false };
    });
  }

  list(actor: Actor): Promise<StaffInvitationRow[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'people.manage', null);
      const rows = (await tx.query(
        'SELECT id, surname, given, patronymic, role, created_at, expires_at, used_at FROM staff_invitations ORDER BY id DESC LIMIT 200',
      )) as (Row & { created_at: Date; expires_at: Date; used_at: Date | null })[];
      return rows.map((row) => ({
        id: row.id,
        name: nameOf(row),
        role: row.role,
        createdAt: row.created_at.toISOString(),
        expiresAt: row.expires_at.toISOString(),
        used: row.used_at !== null,
      }));
    });
  }

  /** Makes the account, or gives the role to the one that has the address; the code came there, which proves it. */
  async use({ code, password, consent }: UseStaffInvitation, { network, device }: From): Promise<Opened> {
    const taken = await this.throttle.spendAll({ 'staff_invitation_guess.network': network });
    const opened = await this.db.transaction({ id: null, role: 'visitor' }, async (tx) => {
      const row = await this.lock(tx, code);
      const email = await this.keys.open(tx, unownedKey, row.email_sealed, row.id);
      refuseWeak(password, [nameOf(row), email]);
      const personId = await this.accountOf(tx, row, { channel: 'email', contact: email }, { password, consent });
      await this.offices.grant(tx, { id: row.invited_by, role: 'administrator' }, personId, { role: row.role, courtId: row.court_id });
      await tx.query('UPDATE staff_invitations SET used_at = $2, used_by = $3, code_sealed = NULL WHERE id = $1', [
        row.id,
        this.clock.now(),
        personId,
      ]);
      return this.sessions.open(tx, { personId, ownDevice: false, device, role: row.role });
    });
    await this.throttle.giveBack(taken);
    return opened;
  }

  /** Of two at once the second waits here, and finds it used. An invitation dies with its inviter's account. */
  private async lock(tx: EntityManager, code: string): Promise<Row> {
    const [row] = (await tx.query(
      `SELECT i.* FROM staff_invitations i JOIN persons p ON p.id = i.invited_by AND p.disabled_at IS NULL
       WHERE i.code_hash = $1 AND i.used_at IS NULL AND i.expires_at > $2 FOR UPDATE OF i`,
      [this.hashOf(asIssued(code)), this.clock.now()],
    )) as Row[];
    if (!row) throw new DomainError('invitation.unusable');
    return row;
  }

  private async accountOf(
    tx: EntityManager,
    row: Row,
    reach: Reach,
    { password, consent }: Omit<UseStaffInvitation, 'code'>,
  ): Promise<string> {
    const { surname, given, patronymic, language } = row;
    const made = await this.people.create(
      tx,
      { ...reach, surname, given, patronymic, language, password, consent, assurance: 'desk' },
      null,
    );
    if (made) return made;
    const found = await holderOf(tx, contactHash(this.hashes, reach));
    if (!found || found.disabled) throw new DomainError('invitation.unusable');
    await this.people.consent(tx, found.id, consent);
    await this.people.setPassword(tx, found.id, password);
    await this.sessions.endAll(tx, found.id);
    return found.id;
  }

  private hashOf(code: string) {
    return this.hashes.of('staff_invitation', code);
  }
}

/** 128 random bits in Crockford's base32: no I, L, O, U. */
function newCode(): string {
  let bits = BigInt(`0x${randomBytes(16).toString('hex')}`);
  let code = '';
  for (let i = 0; i < 26; i += 1, bits >>= 5n) code = alphabet[Number(bits & 31n)] + code;
  return code;
}

const asIssued = (typed: string) => typed.toUpperCase().replace(/[\s-]/g, '').replaceAll('O', '0').replace(/[IL]/g, '1');
