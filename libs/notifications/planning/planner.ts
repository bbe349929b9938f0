import { Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { Clock, Database } from '#platform';
import { membersOf, type Occurrence } from '../rules/audiences.js';
import { holesIn } from '../rules/holes.js';
import { rules } from '../rules/rules.js';
import { noticesOf } from './facts.js';
import { plan, type Planned } from './notice.js';
import { wishesOf } from './wishes.js';

const system = { id: null, role: 'system' } as const;

/** Turns facts into notices: one transaction for a batch of them. Any of it may run twice, at once or again; nothing has effect twice. */
@Injectable()
export class Planner implements OnModuleInit {
  private readonly logger = new Logger('Planner');

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  onModuleInit() {
    const holes = holesIn(rules);
    if (holes.length > 0) throw new Error(`The table of notices has holes: ${holes.join('; ')}`);
  }

  plan(eventIds: string[]): Promise<Planned[]> {
    return this.db.transaction(system, async (tx) => {
      const facts = this.known(await unhandled(tx, eventIds));
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

  /** A fact of a later build waits for a worker that has a rule for it. */
  private known(facts: Occurrence[]): Occurrence[] {
    const strange = facts.filter(({ type }) => !(type in rules));
    if (strange.length > 0) this.logger.warn({ what: 'Facts without a rule wait', types: [...new Set(strange.map(({ type }) => type))] });
    return facts.filter(({ type }) => type in rules);
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
