import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock, Database } from '#platform';
import { membersOf, type Occurrence } from '../rules/audiences.js';
import { noticesOf } from './facts.js';
import { plan, type Planned } from './notice.js';
import { wishesOf } from './wishes.js';

const system = { id: null, role: 'system' } as const;

/** Turns facts into notices: one transaction for a batch of them. Any of it may run twice, at once or again; nothing has effect twice. */
@Injectable()
export class Planner {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  plan(eventIds: string[]): Promise<Planned[]> {
    return this.db.transaction(system, async (tx) => {
      const facts = await unhandled(tx, eventIds);
      const now = this.clock.now();
      const members = await membersOf(tx, ...concerned(facts));
      const wishes = await wishesOf(
        tx,
        members.flatMap(({ personId }) => personId ?? []),
      );
      const planned = await plan(
        tx,
        facts.flatMap((fact) => noticesOf(members, { fact, now, wishes })),
        now,
      );
      await tx.query('UPDATE outbox SET handled_at = $2 WHERE event_id = ANY($1) AND handled_at IS NULL', [facts.map(({ id }) => id), now]);
      return planned;
    });
  }
}

const unhandled = async (tx: EntityManager, ids: string[]) =>
  (await tx.query(
    `SELECT e.id, e.type, e.case_id AS "caseId", c.number, e.actor_id AS "actorId", e.data
     FROM outbox o JOIN events e ON e.id = o.event_id LEFT JOIN cases c ON c.id = e.case_id
     WHERE o.event_id = ANY($1) AND o.handled_at IS NULL ORDER BY e.id`,
    [ids],
  )) as Occurrence[];

const concerned = (facts: Occurrence[]): [cases: string[], persons: string[]] => [
  facts.flatMap(({ caseId }) => caseId ?? []),
  facts.flatMap(({ data }) => (typeof data['personId'] === 'string' ? [data['personId']] : [])),
];
