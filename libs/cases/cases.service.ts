import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, can, noteLook } from '#access';
import type { Actor, CaseQuery, CaseRows, DeskCounts, JoinFunnel, NameCourt, RunningDeadline } from '#contract';
import { Clock, Database, DomainError, Keys, record } from '#platform';
import { knownCourts } from './application.service.js';
import { type CaseFacts, factsOf } from './case.facts.js';
import { findCase, lockCase, saveCase, subjectOf } from './case.moves.js';
import { pageOf } from './case.rows.js';
import { type Entry, type KeptFact, timelineFor } from './case.timeline.js';
import { viewpointOf } from './case.view.js';
import { courtNumberFrom } from './case-number.js';
import { deskCounts, deskPage, joinFunnel } from './desk.queue.js';
import { runningIn } from './running.deadlines.js';

/** Reading cases, each viewer from where he stands. */
@Injectable()
export class CasesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
  ) {}

  list(actor: Actor, query: CaseQuery): Promise<CaseRows> {
    if (actor.role === 'coordinator' && !query.unsent) return deskPage(this.db, actor, query);
    return this.db.transaction(actor, (tx) => pageOf(tx, this.keys, actor, query));
  }

  /** How far the invitations of the last days came. */
  funnel(actor: Actor, days: number): Promise<JoinFunnel> {
    return joinFunnel(this.db, actor, days, this.clock.now());
  }

  counts(actor: Actor): Promise<DeskCounts> {
    return deskCounts(this.db, actor);
  }

  read(actor: Actor, caseId: string): Promise<CaseFacts> {
    return this.db.transaction(actor, async (tx) => {
      const found = await findCase(tx, caseId);
      const subject = await subjectOf(tx, found);
      authorize(actor, 'case.read', subject);
      const isDesk = can(actor, 'case.screen', subject);
      const facts = await factsOf(tx, this.keys, {
        found,
        subject,
        now: this.clock.now(),
        viewerId: actor.id,
        mayContact: ({ personId }) => isDesk || (actor.role === 'citizen' && personId === actor.id),
      });
      await noteLook(tx, actor, { caseId, what: facts.application ? 'application' : 'case', at: facts.now });
      return facts;
    });
  }

  timeline(actor: Actor, caseId: string): Promise<Entry[]> {
    return this.db.transaction(actor, async (tx) => {
      const subject = await subjectOf(tx, await findCase(tx, caseId));
      authorize(actor, 'case.read', subject);
      return timelineFor(viewpointOf(actor, subject), actor, await factsOfCase(tx, caseId));
    });
  }

  /** Until when what has to be done, by which rule, and by whom. */
  deadlines(actor: Actor, caseId: string): Promise<RunningDeadline[]> {
    return this.db.transaction(actor, async (tx) => {
      const found = await findCase(tx, caseId);
      authorize(actor, 'case.read', await subjectOf(tx, found));
      return runningIn(tx, found);
    });
  }

  /** A court's case the dispute belongs to, written as the court writes it. From then on that court's staff see its state. */
  nameCourt(actor: Actor, caseId: string, { courtId, caseNumber }: NameCourt): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, 'case.name_court', await subjectOf(tx, found));
      const number = courtNumberFrom(caseNumber);
      if (!(await knownCourts(tx)).has(courtId)) throw new DomainError('court.unknown');
      if (!number) throw new DomainError('invalid', { fields: { caseNumber: 'court_number' } });
      if (found.courtId === courtId && found.courtCaseNumber === number) return;
      Object.assign(found, { courtId, courtCaseNumber: number });
      await saveCase(tx, found);
      await record(tx, actor, { type: 'case.court_named', caseId, at: this.clock.now(), data: { courtId } });
    });
  }
}

const factsOfCase = (tx: EntityManager, caseId: string) =>
  tx.query(
    `SELECT e.id, e.type, e.at, e.actor_id AS "actorId", e.actor_role AS role, e.data,
            (SELECT p.side FROM parties p WHERE p.case_id = e.case_id AND p.person_id = e.actor_id LIMIT 1) AS side
     FROM events e WHERE e.case_id = $1 ORDER BY e.seq`,
    [caseId],
  ) as Promise<KeptFact[]>;
