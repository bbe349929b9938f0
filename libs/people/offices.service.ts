import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor, FindPeople, PersonRow, Role } from '#contract';
import { authorize } from '#access';
import { Clock, Database, DomainError, record } from '#platform';
import { type Admit, type Named, nameOf, PeopleService } from './people.service.js';
import { SessionsService } from './sessions.service.js';

export type Grant = { role: Role; courtId?: string | null };
type Listed = Named & { id: string; roles: Role[]; disabled: boolean; has_factor: boolean; open_work: string };
const system: Actor = { id: null, role: 'system' };

/** The administrator's desk: who holds which role, and who is shut out. He sees people, never a case. */
@Injectable()
export class OfficesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly sessions: SessionsService,
  ) {}

  list(actor: Actor, { after, limit, name }: FindPeople): Promise<{ rows: PersonRow[]; next: string | null }> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'people.manage', null);
      const rows = (await tx.query(
        `SELECT p.id, p.surname, p.given, p.patronymic, p.disabled_at IS NOT NULL AS disabled, c.totp_confirmed_at IS NOT NULL AS has_factor,
           ARRAY(SELECT r.role FROM person_roles r WHERE r.person_id = p.id ORDER BY r.role) AS roles,
           CASE WHEN p.disabled_at IS NULL THEN 0 ELSE (SELECT w.mediating + w.offered + w.disputing FROM open_work_of(p.id) w) END AS open_work
         FROM persons p LEFT JOIN credentials c ON c.person_id = p.id
         WHERE ($1::uuid IS NULL OR p.id < $1) AND ($3::text IS NULL OR strpos(lower(concat_ws(' ', p.surname, p.given, p.patronymic)), lower($3)) > 0)
         ORDER BY p.id DESC LIMIT $2`,
        [after ?? null, limit + 1, name || null],
      )) as Listed[];
      const shown = rows.slice(0, limit);
      return { rows: shown.map(rowOf), next: rows.length > limit ? shown.at(-1)!.id : null };
    });
  }

  /** Gives a role, in the caller's transaction; the person's sessions notice at their next change of role. */
  async grant(tx: EntityManager, actor: Actor, personId: string, { role, courtId = null }: Grant): Promise<void> {
    const added = (await tx.query(
      'INSERT INTO person_roles (person_id, role, court_id, granted_by, granted_at) VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING RETURNING role',
      [personId, role, courtId, actor.id, this.clock.now()],
    )) as object[];
    if (added.length > 0) await record(tx, actor, { type: 'person.role_granted', at: this.clock.now(), data: { personId, role, courtId } });
  }

  grantRole(actor: Actor, personId: string, grant: Grant): Promise<void> {
    return this.managing(actor, personId, (tx) => this.grant(tx, actor, personId, grant));
  }

  /** Takes a role away, in the caller's transaction; sessions in that role end with it. */
  async revoke(tx: EntityManager, actor: Actor, personId: string, role: Role): Promise<void> {
    const [, revoked] = (await tx.query('DELETE FROM person_roles WHERE person_id = $1 AND role = $2', [personId, role])) as [
      unknown,
      number,
    ];
    if (revoked === 0) throw new DomainError('role.not_held');
    await this.sessions.endAll(tx, personId, { role });
    await record(tx, actor, { type: 'person.role_revoked', at: this.clock.now(), data: { personId, role } });
  }

  /** The administrator keeps his own office, so that there is always one. */
  revokeRole(actor: Actor, personId: string, role: Role): Promise<void> {
    return this.managing(actor, personId, async (tx) => {
      if (actor.id === personId && role === 'administrator') throw new DomainError('conflict');
      await this.revoke(tx, actor, personId, role);
    });
  }

  /** Shuts somebody out at once. Every case that loses its mediator by it tells the desk; the event here carries numbers only. */
  disable(actor: Actor, personId: string): Promise<void> {
    return this.managing(actor, personId, async (tx) => {
      if (actor.id === personId) throw new DomainError('conflict');
      const [, disabled] = (await tx.query('UPDATE persons SET disabled_at = $2 WHERE id = $1 AND disabled_at IS NULL', [
        personId,
        this.clock.now(),
      ])) as [unknown, number];
      if (disabled === 0) return;
      await this.sessions.endAll(tx, personId);
      const [work] = (await tx.query('SELECT mediating, offered, disputing FROM open_work_of($1)', [personId])) as Record<string, string>[];
      const counted = Object.fromEntries(Object.entries(work!).map(([as, cases]) => [as, Number(cases)]));
      await record(tx, actor, { type: 'person.disabled', at: this.clock.now(), data: { personId, ...counted } });
      await tx.query('SELECT raise_handover($1, $2, $3)', [personId, actor.id, this.clock.now()]);
    });
  }

  enable(actor: Actor, personId: string): Promise<void> {
    return this.managing(actor, personId, async (tx) => {
      const [, enabled] = (await tx.query('UPDATE persons SET disabled_at = NULL WHERE id = $1 AND disabled_at IS NOT NULL', [
        personId,
      ])) as [unknown, number];
      if (enabled > 0) await record(tx, actor, { type: 'person.enabled', at: this.clock.now(), data: { personId } });
    });
  }

  /** From the command line, by who runs the machine: there is no default account. Another one only when it is asked for in so many words. */
  createAdministrator(person: Admit & { password: string }, { another }: { another: boolean }): Promise<string> {
    return this.db.transaction(system, async (tx) => {
      await inTurn(tx);
      const [present] = (await tx.query(
        `SELECT 1 FROM person_roles r JOIN persons p ON p.id = r.person_id WHERE r.role = 'administrator' AND p.disabled_at IS NULL LIMIT 1`,
      )) as object[];
      if (present && !another) throw new DomainError('conflict');
      const personId = await this.people.create(tx, { ...person, assurance: 'desk' }, null);
      if (!personId) throw new DomainError('contact.taken');
      await this.grant(tx, system, personId, { role: 'administrator' });
      return personId;
    });
  }

  /** One administrator at a time, and only one who still is: two who disable each other at once would leave none. */
  private managing<T>(actor: Actor, personId: string, work: (tx: EntityManager) => Promise<T>): Promise<T> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'people.manage', null);
      await inTurn(tx);
      const [rows] = (await tx.query(
        `SELECT EXISTS (SELECT 1 FROM person_roles r JOIN persons p ON p.id = r.person_id WHERE r.person_id = $1 AND r.role = 'administrator' AND p.disabled_at IS NULL) AS may,
                EXISTS (SELECT 1 FROM persons WHERE id = $2) AS known`,
        [actor.id, personId],
      )) as { may: boolean; known: boolean }[];
      if (!rows?.may || !rows.known) throw new DomainError('not_found');
      return work(tx);
    });
  }
}

const inTurn = (tx: EntityManager) => tx.query(`SELECT pg_advisory_xact_lock(hashtext('kelisim.administrators'))`);

const rowOf = ({ id, roles, disabled, has_factor, open_work, ...named }: Listed): PersonRow => ({
  id,
  name: nameOf(named),
  roles,
  disabled,
  hasSecondFactor: has_factor,
  openWork: Number(open_work),
});
