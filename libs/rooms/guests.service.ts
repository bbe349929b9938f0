import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import { findCase, subjectOf } from '#cases';
import {
  type Actor,
  type AnswerGuest,
  type AskGuest,
  conflictQuestions,
  type ErrorCode,
  guestPledge,
  type GuestView,
  liveStates,
  type PledgeGuest,
} from '#contract';
import { contactHash, reachFrom, unownedKey } from '#people';
import { Clock, Database, DomainError, KeyedHash, Keys, sqlState } from '#platform';

type Row = Omit<GuestView, 'askedAt'> & { askedAt: Date };

/** As the reader stands to them, under row-level security: the case's people, and who was asked. */
const sql = `
  SELECT g.id, g.case_id AS "caseId", g.capacity, g.name, g.languages, concat_ws(' ', p.surname, p.given, nullif(p.patronymic, '')) AS "askedBy",
    g.asked_at AS "askedAt", g.pledged_at IS NOT NULL AS "hasPledged", g.declared_at IS NOT NULL AS "hasDeclared", names_to_declare_on(g.case_id) AS parties,
    EXISTS (SELECT 1 FROM room_members m JOIN rooms r ON r.id = m.room_id WHERE r.case_id = g.case_id AND m.person_id = g.person_id AND m.left_at IS NULL) AS "isAdmitted",
    (SELECT jsonb_build_object('agrees', a.agrees, 'own', a.own) FROM guest_answers a WHERE a.guest_id = g.id AND a.person_id = current_person()) AS answer
  FROM guests g JOIN persons p ON p.id = g.asked_by WHERE g.ended_at IS NULL`;

/** The contact is kept, sealed, until he has pledged: the worker writes to it that he was asked. */
const insert = `INSERT INTO guests (id, case_id, capacity, name, languages, contact_hash, contact_sealed, contact_channel, asked_by, asked_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`;

/** A co-mediator, an interpreter, an observer: asked by the mediator, agreed to by every party, bound to secrecy. The database seats them. */
@Injectable()
export class GuestsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly hashes: KeyedHash,
    private readonly keys: Keys,
  ) {}

  list(actor: Actor, caseId: string): Promise<GuestView[]> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const subject = await subjectOf(tx, await findCase(tx, caseId));
      if (actor.role === 'mediator') authorize(actor, 'room.gather', subject);
      else authorize(actor, 'room.answer', subject);
      return this.views(tx, 'g.case_id = $1', [caseId]);
    });
  }

  /** What the reader himself is asked into: found by his own contacts. */
  mine(actor: Actor): Promise<GuestView[]> {
    requireSignedIn(actor);
    return this.db.transaction(actor, (tx) => this.views(tx, 'NOT is_participant(g.case_id)', []));
  }

  ask(actor: Actor, caseId: string, { id, capacity, name, contact, languages }: AskGuest): Promise<GuestView[]> {
    requireSignedIn(actor);
    const reach = reachFrom(contact);
    return this.db.transaction(actor, async (tx) => {
      const found = await findCase(tx, caseId);
      authorize(actor, 'room.gather', await subjectOf(tx, found));
      if (!(liveStates as readonly string[]).includes(found.state)) throw new DomainError('room.closed');
      const sealed = await this.keys.seal(tx, unownedKey, reach.contact, id);
      const spoken = capacity === 'interpreter' ? languages : [];
      await tx
        .query(insert, [
          id,
          caseId,
          capacity,
          name,
          spoken,
          contactHash(this.hashes, reach),
          sealed,
          reach.channel,
          actor.id,
          this.clock.now(),
        ])
        .catch(refuseTwice);
      return this.views(tx, 'g.case_id = $1', [caseId]);
    });
  }

  /** By whom the contact belongs to. A co-mediator answers first whether an interest of his own is in the case; then he reads what the mediator reads. */
  async pledge(actor: Actor, guestId: string, { version, declaration }: PledgeGuest): Promise<GuestView[]> {
    requireSignedIn(actor);
    if (version !== guestPledge.version) throw new DomainError('consent.required');
    const now = this.clock.now();
    return this.db.transaction(actor, async (tx) => {
      const [own] = await this.views(tx, 'g.id = $1 AND NOT is_participant(g.case_id)', [guestId]);
      if (!own) throw new DomainError('not_found');
      if (own.capacity === 'co_mediator') await declare(tx, own, declaration, now);
      await done(tx, 'SELECT pledge_guest($1, $2, $3) AS said', [guestId, version, now]);
      await this.openBeside(tx, guestId);
      return this.views(tx, 'NOT is_participant(g.case_id)', []);
    });
  }

  /** By a party; taken back as easily as given. */
  answer(actor: Actor, guestId: string, { agrees, own }: AnswerGuest): Promise<void> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      await done(tx, 'SELECT answer_guest($1, $2, $3, $4) AS said', [guestId, agrees, own, this.clock.now()]);
      await this.openBeside(tx, guestId);
    });
  }

  /** By the mediator, or by the guest: he is out of every room at the commit. */
  end(actor: Actor, guestId: string): Promise<void> {
    requireSignedIn(actor);
    return this.db.transaction(actor, (tx) => done(tx, 'SELECT end_guest($1, $2) AS said', [guestId, this.clock.now()]));
  }

  /** For a side that has not let a second mediator into its private room: a new, empty one with him. */
  private async openBeside(tx: EntityManager, guestId: string): Promise<void> {
    const opened = (await tx.query('SELECT open_beside($1, $2) AS id', [guestId, this.clock.now()])) as { id: string }[];
    if (opened.length > 0)
      await this.keys.createAll(
        tx,
        'room',
        opened.map(({ id }) => id),
      );
  }

  private async views(tx: EntityManager, where: string, values: unknown[]): Promise<GuestView[]> {
    const rows = (await tx.query(`${sql} AND ${where} ORDER BY g.asked_at, g.id`, values)) as Row[];
    return rows.map((row) => ({ ...row, askedAt: row.askedAt.toISOString() }));
  }
}

async function declare(tx: EntityManager, { id }: GuestView, declaration: PledgeGuest['declaration'], at: Date) {
  if (!declaration) throw new DomainError('invalid', { fields: { declaration: 'choose' } });
  const conflicts = conflictQuestions.filter((question) => declaration[question]);
  if (conflicts.length > 0) throw new DomainError('mediator.conflict', { conflicts });
  await done(tx, 'SELECT declare_no_conflict($1, $2) AS said', [id, at]);
}

async function done(tx: EntityManager, statement: string, values: unknown[]): Promise<void> {
  const [{ said }] = (await tx.query(statement, values)) as [{ said: string }];
  if (said !== 'done') throw new DomainError(said as ErrorCode);
}

/** Pressed twice, or somebody who is asked already. */
function refuseTwice(error: unknown): never {
  if (sqlState(error) === '23505') throw new DomainError('conflict');
  throw error;
}
