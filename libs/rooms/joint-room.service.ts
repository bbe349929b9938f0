import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import { Case, findCase, lockCase, subjectOf } from '#cases';
import { type Actor, type ErrorCode, type JointRoomView, liveStates } from '#contract';
import { Clock, Database, DomainError, Keys, newId } from '#platform';

/**
 * Do the sides meet? Where they are kept apart, only when every party agreed, each asked alone and answering for itself; where safety
 * demands it, never. That, and why, is known to the mediator alone: to a party there is a question, or none, and a room, or none.
 */
@Injectable()
export class JointRoomService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
  ) {}

  read(actor: Actor, caseId: string): Promise<JointRoomView> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const found = await findCase(tx, caseId);
      const isMediator = actor.role === 'mediator';
      authorize(actor, isMediator ? 'room.gather' : 'room.answer', await subjectOf(tx, found));
      return viewOf(tx, found, isMediator);
    });
  }

  /** By the mediator: the question is put to every party at once, or taken back while it is open. */
  ask(actor: Actor, caseId: string, asked: boolean): Promise<JointRoomView> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, 'room.gather', await subjectOf(tx, found));
      await said(tx, 'SELECT ask_joint($1, $2, $3) AS said', [caseId, asked, this.clock.now()]);
      return viewOf(tx, found, true);
    });
  }

  /** By a party. The last to agree opens the room; whoever takes it back closes it. */
  answer(actor: Actor, caseId: string, agrees: boolean): Promise<JointRoomView> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, 'room.answer', await subjectOf(tx, found));
      const id = newId();
      const outcome = await said(tx, 'SELECT answer_joint($1, $2, $3, $4) AS said', [caseId, agrees, id, this.clock.now()]);
      if (outcome === 'opened') await this.keys.create(tx, { scope: 'room', id });
      return viewOf(tx, found, false);
    });
  }

  /** By the mediator: from now on apart. The joint room closes as it stands; no fact is recorded, and nobody is told why. */
  separate(actor: Actor, caseId: string): Promise<JointRoomView> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, 'room.gather', await subjectOf(tx, found));
      if (!(liveStates as readonly string[]).includes(found.state)) throw new DomainError('room.closed');
      await tx.query('SELECT keep_apart($1, $2)', [caseId, this.clock.now()]);
      found.shuttle = found.safeProcess || found.shuttle === 'required' ? 'required' : 'default';
      await tx.update(Case, { id: caseId }, { shuttle: found.shuttle });
      return viewOf(tx, found, true);
    });
  }
}

async function said(tx: EntityManager, sql: string, values: unknown[]): Promise<string> {
  const [{ said: outcome }] = (await tx.query(sql, values)) as [{ said: string }];
  if (outcome !== 'done' && outcome !== 'opened') throw new DomainError(outcome as ErrorCode);
  return outcome;
}

async function viewOf(tx: EntityManager, { id, shuttle }: Case, isMediator: boolean): Promise<JointRoomView> {
  const [row] = (await tx.query(
    `SELECT EXISTS (SELECT 1 FROM joint_requests q WHERE q.case_id = $1) AS "isAsked",
       (SELECT j.agrees FROM joint_consents j WHERE j.case_id = $1 AND j.person_id = current_person()) AS agrees`,
    [id],
  )) as [Pick<JointRoomView, 'isAsked' | 'agrees'>];
  return { ...row, apart: isMediator ? shuttle : null };
}
