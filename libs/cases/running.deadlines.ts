import type { EntityManager } from 'typeorm';
import type { NextActor, RunningDeadline } from '#contract';
import data from './data/deadlines.json' with { type: 'json' };
import type { Case } from './case.entity.js';
import { nextActor } from './case.lifecycle.js';
import { type DeadlineCode, deadlineRule, dueAt, runs } from './deadline.rules.js';

type Row = { code: DeadlineCode; startsAt: Date; dueAt: Date };

/** Whom a time limit waits for; one that is not named waits for whose turn it is in the state of the case. */
const waitsFor: Partial<Record<DeadlineCode, NextActor>> = {
  DRAFT_AUTODELETE: 'party_a',
  SCREENING: 'house',
  RETURNED_FIX: 'party_a',
  CHOOSE_MEDIATOR: 'house',
  MEDIATOR_ANSWER: 'mediator',
  DISCLOSURE_ANSWER: 'participants',
  OBJECTION: 'house',
  CONTRACT_SIGNING: 'participants',
  COURT_PENDING: 'participants',
  RETENTION_CASE: 'nobody',
};

/** Every time limit that runs in a case, as far as the asker may know of it, the first to end first. */
export async function runningIn(tx: EntityManager, found: Case): Promise<RunningDeadline[]> {
  const rows = (await tx.query(
    `SELECT d.code, d.starts_at AS "startsAt", d.due_at AS "dueAt" FROM deadlines d WHERE d.case_id = $1 AND ${runs('d')} ORDER BY d.due_at, d.id`,
    [found.id],
  )) as Row[];
  return rows.map((row) => shownOf(row, found));
}

function shownOf({ code, startsAt, dueAt: due }: Row, found: Case): RunningDeadline {
  const { value, unit, day_type: dayType } = deadlineRule(code, found.rulesOn);
  const { name, group } = data.deadlines.find((row) => row.code === code)!;
  const isByRule = dueAt(code, startsAt, found.rulesOn).getTime() === due.getTime();
  return {
    code,
    name,
    rule: isByRule ? ({ value, unit, dayType } as RunningDeadline['rule']) : null,
    setBy: group === 'law' ? 'law' : 'house',
    dueAt: due.toISOString(),
    nextActor: waitsFor[code] ?? turnIn(found),
  };
}

/** A court sends both sides: both are asked. */
const turnIn = ({ state, door }: Case): NextActor => (state === 'INVITED' && door === 'court' ? 'participants' : nextActor(state));
