import { createHash, randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import {
  type Actor,
  guardedRoles,
  houseSession,
  type Language,
  type Role,
  type SessionRow,
  type SessionView,
  type SignedIn,
} from '#contract';
import { requireSignedIn } from '#access';
import { Clock, type Config, Database, DomainError, Gather, newId, KeyedHash } from '#platform';

const [minuteMs, hourMs, dayMs] = [60_000, 3_600_000, 86_400_000];
/** How long one that is used now lasts: on one's own device, on another's, at the House's computer. */
function expiry(now: Date, { ownDevice, openedBy, createdAt = now }: { ownDevice: boolean; openedBy?: string | null; createdAt?: Date }) {
  if (!openedBy) return new Date(now.getTime() + (ownDevice ? 30 * dayMs : 12 * hourMs));
  return new Date(Math.min(now.getTime() + houseSession.idleMs, createdAt.getTime() + houseSession.longestMs));
}

export type SecondFactorState = SessionView['secondFactor'];
export type Authenticated = { actor: SignedIn; sessionId: string; secondFactor: SecondFactorState };
/** A new session: the token goes to the browser once and is kept nowhere. */
export type Opened = { token: string; session: SessionView };
type Live = {
  id: string;
  person_id: string;
  role: Role;
  court_id: string | null;
  own_device: boolean;
  opened_by: string | null;
  passed: boolean;
  has_factor: boolean;
};
type Found = Live & { created_at: Date; last_seen_at: Date };
/** At whose computer of the House it runs, and whose session waits behind it. */
type AtHouse = { openedBy: string; behind: string };
type Fresh = Omit<Held, 'court_id'> & {
  personId: string;
  courtId: string | null;
  secondFactorAt: Date | null;
  ownDevice: boolean;
  device: string;
  atHouse?: AtHouse;
};
type Former = { person_id: string; role: Role; own_device: boolean; device: string; second_factor_at: Date | null };

/** Opaque sessions: a random token at the browser, its hash here, revocable at once. What a session may act as never changes; it is replaced. */
@Injectable()
export class SessionsService {
  private readonly finds = new Gather((hashes: Buffer[]) => this.find(hashes));

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly hashes: KeyedHash,
  ) {}

  /** Who holds this token. Asked of the database each time, so that what was revoked is revoked; who asks at once is answered at once. */
  async authenticate(token: string): Promise<Authenticated | null> {
    const found = await this.finds.ask(hashOf(token));
    if (!found) return null;
    const now = this.clock.now();
    if (now.getTime() - found.last_seen_at.getTime() >= minuteMs) await this.slide(found, now);
    const { person_id: id, role, court_id: courtId, id: sessionId, opened_by: openedBy } = found;
    const actor = { id, role, courtId, sessionId, ...(openedBy && { openedBy }) };
    return { actor, sessionId, secondFactor: secondFactorOf(found) };
  }

  /** Opens a session in the role asked for, or the one last used, or the most guarded of those held. */
  async open(
    tx: EntityManager,
    asked: { personId: string; ownDevice: boolean; device?: string; role?: Role; atHouse?: AtHouse },
  ): Promise<Opened> {
    const { personId, ownDevice, device = '', atHouse } = asked;
    // Shared with whoever disables the account: either this session is seen by him, or the account is seen as disabled here.
    const [person] = (await tx.query('SELECT disabled_at FROM persons WHERE id = $1 FOR SHARE', [personId])) as {
      disabled_at: Date | null;
    }[];
    if (!person || person.disabled_at) throw new DomainError('person.disabled');
    const { role, court_id: courtId } = chosen(await this.rolesOf(tx, personId), asked.role);
    return this.insert(tx, { personId, role, courtId, secondFactorAt: null, ownDevice, device, ...(atHouse && { atHouse }) });
  }

  current(actor: Actor): Promise<SessionView> {
    return this.db.transaction(actor, (tx) => this.view(tx, idOf(actor)));
  }

  list(actor: Actor): Promise<SessionRow[]> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const rows = (await tx.query(
        `SELECT id, device, created_at, last_seen_at FROM sessions WHERE person_id = $1 AND revoked_at IS NULL AND expires_at > $2 ORDER BY last_seen_at DESC, id`,
        [actor.id, this.clock.now()],
      )) as { id: string; device: string; created_at: Date; last_seen_at: Date }[];
      return rows.map(({ id, device, created_at, last_seen_at }) => ({
        id,
        device,
        createdAt: created_at.toISOString(),
        lastSeenAt: last_seen_at.toISOString(),
        current: id === actor.sessionId,
      }));
    });
  }

  /** Ends one of the actor's own sessions; another's looks like none. */
  end(actor: Actor, sessionId: string): Promise<void> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      if (!(await this.endOne(tx, actor.id, sessionId))) throw new DomainError('not_found');
    });
  }

  async endOne(tx: EntityManager, personId: string, sessionId: string): Promise<boolean> {
    const [, ended] = (await tx.query('UPDATE sessions SET revoked_at = $3 WHERE id = $1 AND person_id = $2 AND revoked_at IS NULL', [
      sessionId,
      personId,
      this.clock.now(),
    ])) as [unknown, number];
    return ended === 1;
  }

  /** Ends this very session. The one that waits behind it at the House's computer is given back, shut until its second factor is shown. */
  leave(actor: Actor): Promise<Opened | null> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const [rows] = (await tx.query(
        'UPDATE sessions SET revoked_at = $3 WHERE id = $1 AND person_id = $2 AND revoked_at IS NULL RETURNING behind',
        [idOf(actor), actor.id, this.clock.now()],
      )) as [{ behind: string | null }[], number];
      if (rows.length === 0) throw new DomainError('not_found');
      return rows[0]!.behind ? this.takeUp(tx, rows[0]!.behind) : null;
    });
  }

  /** The operator's session ends at once, sockets and all; what is left of it can be taken up once, by leave(). */
  async park(tx: EntityManager, actor: SignedIn): Promise<string> {
    const [, parked] = (await tx.query(
      'UPDATE sessions SET revoked_at = $3, parked_at = $3 WHERE id = $1 AND person_id = $2 AND revoked_at IS NULL',
      [idOf(actor), actor.id, this.clock.now()],
    )) as [unknown, number];
    if (parked !== 1) throw new DomainError('unauthenticated');
    return idOf(actor);
  }

  /** Ends all sessions of a person, but for one that is to stay. Their sockets drop at the commit (NOTIFY sessions). */
  async endAll(tx: EntityManager, personId: string, { except = null, role = null }: { except?: string | null; role?: Role | null } = {}) {
    await tx.query(
      `UPDATE sessions SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL AND id IS DISTINCT FROM $3 AND ($4::text IS NULL OR role = $4)`,
      [personId, this.clock.now(), except, role],
    );
    await tx.query('UPDATE sessions SET parked_at = NULL WHERE person_id = $1 AND parked_at IS NOT NULL', [personId]);
  }

  changeRole(actor: Actor, role: Role): Promise<Opened> {
    return this.db.transaction(actor, (tx) => this.replace(tx, idOf(actor), { role }));
  }

  /** A change of role or of second factor gives a new token and a new id, and closes the sockets of the old. */
  async replace(tx: EntityManager, sessionId: string, changes: { role?: Role; secondFactorAt?: Date }): Promise<Opened> {
    const [rows] = (await tx.query(
      `UPDATE sessions SET revoked_at = $2 WHERE id = $1 AND revoked_at IS NULL AND expires_at > $2 AND opened_by IS NULL
       RETURNING person_id, role, own_device, device, second_factor_at`,
      [sessionId, this.clock.now()],
    )) as [Former[], number];
    const old = rows[0];
    if (!old) throw new DomainError('unauthenticated');
    const { role, court_id: courtId } = chosen(await this.rolesOf(tx, old.person_id), changes.role ?? old.role);
    const secondFactorAt = changes.secondFactorAt ?? old.second_factor_at;
    return this.insert(tx, { personId: old.person_id, role, courtId, secondFactorAt, ownDevice: old.own_device, device: old.device });
  }

  /** Only where a second factor is set: without one, whoever sits there now could set his own. */
  private async takeUp(tx: EntityManager, parked: string): Promise<Opened | null> {
    const [rows] = (await tx.query(
      `UPDATE sessions s SET parked_at = NULL FROM credentials c JOIN persons p ON p.id = c.person_id
       WHERE s.id = $1 AND s.parked_at IS NOT NULL AND s.expires_at > $2 AND c.person_id = s.person_id AND c.totp_confirmed_at IS NOT NULL
         AND p.disabled_at IS NULL RETURNING s.person_id, s.role, s.own_device, s.device, s.second_factor_at`,
      [parked, this.clock.now()],
    )) as [Former[], number];
    const former = rows[0];
    const held = former && (await this.rolesOf(tx, former.person_id)).find(({ role }) => role === former.role);
    if (!held) return null;
    const { person_id: personId, own_device: ownDevice, device } = former;
    return this.insert(tx, { personId, role: held.role, courtId: held.court_id, secondFactorAt: null, ownDevice, device });
  }

  private async insert(tx: EntityManager, fresh: Fresh): Promise<Opened> {
    const {
      personId,
      role,
      courtId,
      secondFactorAt,
      ownDevice,
      device,
      atHouse: { openedBy, behind } = { openedBy: null, behind: null },
    } = fresh;
    const [id, now, token] = [newId(), this.clock.now(), randomBytes(32).toString('base64url')];
    await tx.query(
      `INSERT INTO sessions (id, token_hash, person_id, role, court_id, second_factor_at, own_device, device, created_at, last_seen_at, expires_at, opened_by, behind)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $9, $10, $11, $12)`,
      [
        id,
        hashOf(token),
        personId,
        role,
        courtId,
        secondFactorAt,
        ownDevice,
        device.slice(0, 120),
        now,
        expiry(now, { ownDevice, openedBy }),
        openedBy,
        behind,
      ],
    );
    return { token, session: await this.view(tx, id) };
  }

  private async view(tx: EntityManager, sessionId: string): Promise<SessionView> {
    const [row] = (await tx.query(
      `SELECT s.id, s.person_id, p.surname, p.given, p.patronymic, p.language, s.role, s.court_id, s.own_device, s.opened_by,
              s.second_factor_at IS NOT NULL AS passed, c.totp_confirmed_at IS NOT NULL AS has_factor
       FROM sessions s JOIN persons p ON p.id = s.person_id LEFT JOIN credentials c ON c.person_id = p.id
       WHERE s.id = $1 AND s.revoked_at IS NULL`,
      [sessionId],
    )) as (Live & { surname: string; given: string; patronymic: string; language: Language })[];
    if (!row) throw new DomainError('unauthenticated');
    const { surname, given, patronymic, language } = row;
    return {
      person: { id: row.person_id, surname, given, patronymic, language },
      role: row.role,
      roles: (await this.rolesOf(tx, row.person_id)).map(({ role }) => role),
      courtId: row.court_id,
      secondFactor: secondFactorOf(row),
      ownDevice: row.own_device,
      atHouse: row.opened_by !== null,
      deviceKey: row.own_device ? this.hashes.of('device_key', sessionId).toString('base64url') : null,
    };
  }

  /** Most guarded first; the role last used before all. */
  private rolesOf(tx: EntityManager, personId: string): Promise<Held[]> {
    return tx.query(
      `SELECT r.role, r.court_id FROM person_roles r WHERE r.person_id = $1
       ORDER BY (SELECT max(s.last_seen_at) FROM sessions s WHERE s.person_id = r.person_id AND s.role = r.role) DESC NULLS LAST, r.role = 'citizen', r.role`,
      [personId],
    );
  }

  /** In one statement for all who ask while the last one is under way: every request begins here. */
  private async find(hashes: Buffer[]): Promise<(Found | null)[]> {
    const rows = await this.db.look<Found & { place: number }>(
      `SELECT asked.place::int, s.id, s.person_id, s.role, s.court_id, s.own_device, s.opened_by, s.created_at, s.last_seen_at, s.second_factor_at IS NOT NULL AS passed,
              c.totp_confirmed_at IS NOT NULL AS has_factor
       FROM unnest($1::bytea[]) WITH ORDINALITY AS asked (hash, place) JOIN sessions s ON s.token_hash = asked.hash JOIN persons p ON p.id = s.person_id
       JOIN person_roles r ON r.person_id = s.person_id AND r.role = s.role AND r.court_id IS NOT DISTINCT FROM s.court_id
       LEFT JOIN credentials c ON c.person_id = s.person_id
       WHERE s.revoked_at IS NULL AND s.expires_at > $2 AND p.disabled_at IS NULL`,
      [hashes, this.clock.now()],
    );
    const found = new Map(rows.map((row) => [row.place, row]));
    return hashes.map((_, at) => found.get(at + 1) ?? null);
  }

  private async slide({ id, own_device: ownDevice, opened_by: openedBy, created_at: createdAt }: Found, now: Date) {
    await this.db.look(
      'UPDATE sessions SET last_seen_at = $2, expires_at = $3 WHERE id = $1 AND revoked_at IS NULL AND last_seen_at < $2',
      [id, now, expiry(now, { ownDevice, openedBy, createdAt })],
    );
  }
}

type Held = { role: Role; court_id: string | null };

/** The cookie's name. On https the prefix binds it to this host, this path and a secure line (RFC 6265bis, 4.1.3.2). */
export const sessionCookie = ({ WEB_ORIGIN }: Pick<Config, 'WEB_ORIGIN'>) =>
  WEB_ORIGIN.every((origin) => origin.startsWith('https:')) ? '__Host-kelisim' : 'kelisim';

/** A factor that is set is asked for in every role; a guarded role can't do without. */
function secondFactorOf({ role, passed, has_factor }: Pick<Live, 'role' | 'passed' | 'has_factor'>): SecondFactorState {
  if (has_factor) return passed ? 'passed' : 'needed';
  return guardedRoles.includes(role) ? 'to_set' : 'none';
}

function chosen(held: Held[], role: Role | undefined): Held {
  const found = role ? held.find((one) => one.role === role) : held[0];
  if (!found) throw new DomainError('role.not_held');
  return found;
}

function idOf(actor: Actor): string {
  if (!actor.sessionId) throw new DomainError('unauthenticated');
  return actor.sessionId;
}

/** The token is 256 random bits, so a plain hash is enough: there is nothing to guess from a copy of the table. */
const hashOf = (token: string) => createHash('sha256').update(token).digest();
