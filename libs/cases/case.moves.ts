import type { EntityManager } from 'typeorm';
import type { CaseSubject } from '#access';
import type { Actor, CaseAction, CaseState, EventType, Ground } from '#contract';
import { DomainError, newId, record } from '#platform';
import type { CaseEffects } from './case.effects.js';
import { Case } from './case.entity.js';
import { type ActorKind, clockChange, type Guard, groundsFor, lifecycle, move } from './case.lifecycle.js';
import { type DeadlineCode, dueAt } from './deadline.rules.js';

/** Who stands where in a case: what the policy and the lifecycle ask. `invited`: the asking visitor has shown this case's code. */
export type KnownCase = CaseSubject & { state: CaseState; refusalProposedBy: string | null; invited: boolean };
const nobody = '';

export type Move = {
  at: Date;
  /** The fact that this move is, in the words of the contract. */
  event: EventType;
  effects: CaseEffects;
  ground?: Ground;
  /** From when the new state's time runs, if not from `at`. */
  startsAt?: Date;
  /** By this very move the first contract is concluded: its term begins, and runs on under every later one. */
  beginsTerm?: boolean;
  /** When the new state's time ends, if the table of deadlines does not say it alone. */
  until?: Date;
  /** Ids and codes for the fact; `action`, `from` and `to` are added. */
  data?: Record<string, string | number | boolean | null>;
};

/** The row, held until the transaction ends; every change of a case begins here. Absent for whom the policies hide it. */
export async function lockCase(tx: EntityManager, id: string): Promise<Case> {
  const found = await tx.findOne(Case, { where: { id }, lock: { mode: 'pessimistic_write' } });
  if (!found) throw new DomainError('not_found');
  return found;
}

/** The row as it stands, for reading alone. */
export async function findCase(tx: EntityManager, id: string): Promise<Case> {
  const found = await tx.findOneBy(Case, { id });
  if (!found) throw new DomainError('not_found');
  return found;
}

/** As in migration 0168. */
const named = `EXISTS (SELECT 1 FROM parties p JOIN persons q ON q.id = current_person() WHERE p.case_id = $1 AND p.person_id IS NULL
              AND (q.email_hash = p.email_hash OR q.phone_hash = p.phone_hash OR q.iin_hash = p.id_number_hash))`;

export async function subjectOf(tx: EntityManager, found: Case): Promise<KnownCase> {
  const [row] = (await tx.query(
    `SELECT ARRAY(SELECT person_id FROM parties WHERE case_id = $1 AND side = 'A' AND person_id IS NOT NULL) AS "sideA",
            ARRAY(SELECT person_id FROM parties WHERE case_id = $1 AND side = 'B' AND person_id IS NOT NULL) AS "sideB",
            (SELECT mediator_id FROM offers WHERE case_id = $1 AND answered_at IS NULL) AS "offeredTo",
            EXISTS (SELECT 1 FROM invitations WHERE id = current_invitation() AND case_id = $1) AS invited, co_mediates($1) AS "coMediates",
            current_office() = 'coordinator' AND ${named} AS "isNamed"`,
    [found.id],
  )) as [Pick<KnownCase, 'sideA' | 'sideB' | 'offeredTo' | 'invited' | 'coMediates' | 'isNamed'>];
  return {
    ...row,
    createdBy: found.door === 'self' ? found.createdBy : nobody,
    writtenBy: found.door !== 'self' && found.state === 'DRAFT' ? found.createdBy : null,
    mediatorId: found.mediatorId,
    state: found.state,
    refusalProposedBy: found.refusalProposedBy,
  };
}

/** As what the actor meets this case. An office is what it is; a citizen is on one side; who is asked to join the applicant is invited too. */
export function kindsOf(actor: Actor, subject: KnownCase): ActorKind[] {
  const isOne = (id: string | null) => id !== null && id === actor.id;
  if (actor.role === 'system' || actor.role === 'court') return [actor.role];
  if (actor.role === 'coordinator') return subject.refusalProposedBy && !isOne(subject.refusalProposedBy) ? second : ['coordinator'];
  if (actor.role === 'visitor') return subject.invited ? ['invited'] : [];
  if (actor.role === 'mediator') return isOne(subject.mediatorId) || isOne(subject.offeredTo) ? ['mediator'] : [];
  if (actor.role !== 'citizen' || actor.id === null) return [];
  if (isOne(subject.createdBy)) return ['applicant'];
  if (subject.sideA.includes(actor.id)) return subject.state === 'INVITED' ? ['applicant', 'invited'] : ['applicant'];
  return subject.sideB.includes(actor.id) ? ['invited'] : [];
}
const second: ActorKind[] = ['coordinator', 'second_coordinator'];

/** Guards that the row alone can answer; the others belong to whoever makes the move. */
const rowGuards: Partial<Record<Guard, (found: Case, at: Date) => boolean>> = {
  no_contract_yet: (found) => found.contractAt === null,
  contract_concluded: (found) => found.contractAt !== null,
  court_case_open: (found) => found.courtCaseNumber !== null,
  no_court_case: (found) => found.courtCaseNumber === null,
  term_open: (found, at) => found.termEndsAt === null || at <= found.termEndsAt,
};
export const meetsGuards = (found: Case, action: CaseAction, at: Date) =>
  (lifecycle[found.state][action]?.guards ?? []).every((guard) => rowGuards[guard]?.(found, at) ?? true);

/**
 * May this act still be done? True: yes. False: this very actor has already done it, and asking again is harmless.
 * Else it is refused: somebody else decided first, or the state has no such move.
 */
export async function isNew(tx: EntityManager, actor: Actor, found: Case, action: CaseAction): Promise<boolean> {
  if (lifecycle[found.state][action]) return true;
  const [last] = (await tx.query(
    `SELECT actor_id AS by, actor_role AS role, data->>'action' AS action, data->>'from' AS "from"
     FROM events WHERE case_id = $1 AND data ? 'action' ORDER BY seq DESC LIMIT 1`,
    [found.id],
  )) as { by: string | null; role: string; action: CaseAction; from: CaseState }[];
  if (last?.action === action && last.by === actor.id && last.role === actor.role) return false;
  if (last && lifecycle[last.from][action]) throw new DomainError('case.already_decided', { state: found.state });
  throw new DomainError('case.transition_forbidden', { state: found.state, action });
}

/**
 * The one function that moves a case: checks the table of moves and who may, writes the row with whatever else the caller set on
 * `found`, exchanges the deadlines, records the fact and runs the effects, all in the caller's transaction.
 * False if this actor has already done the same: then nothing was changed.
 */
export async function moveCase(tx: EntityManager, actor: Actor, found: Case, action: CaseAction, act: Move): Promise<boolean> {
  if (!(await isNew(tx, actor, found, action))) return false;
  const from = found.state;
  requireMove(actor, await subjectOf(tx, found), found, action, act);
  found.state = move(from, action);
  found.stateSince = act.at;
  if (act.ground) found.ground = act.ground;
  await saveCase(tx, found);
  const deadline = await exchangeDeadlines(tx, found, from, act);
  const data = { ...act.data, ...(act.ground ? { ground: act.ground } : {}), ...deadline, action, from, to: found.state };
  await record(tx, actor, { type: act.event, caseId: found.id, at: act.at, data });
  await act.effects.run(tx, actor, found.id, found.state);
  return true;
}

/** May this actor make this move now: what the table of moves says of the row, of who asks and of the ground. */
export function requireMove(
  actor: Actor,
  subject: KnownCase,
  found: Case,
  action: CaseAction,
  { at, ground }: Pick<Move, 'at' | 'ground'>,
) {
  const from = found.state;
  if (!meetsGuards(found, action, at)) throw new DomainError('case.transition_forbidden', { state: from, action });
  const kinds = kindsOf(actor, subject);
  const kind = kinds.find((one) => lifecycle[from][action]?.by.includes(one));
  if (!kind) throw new DomainError('case.transition_forbidden', { state: from, action });
  const allowed = groundsFor(from, action, kind);
  if (allowed.length > 0 ? !ground || !allowed.includes(ground) : ground) throw new DomainError('case.ground_not_allowed', { allowed });
}

export async function saveCase(tx: EntityManager, { id, ...columns }: Case) {
  await tx.update(Case, { id }, columns);
}

/** Stops and starts the clocks of a move, as the table of clocks says. */
async function exchangeDeadlines(tx: EntityManager, found: Case, from: CaseState, { at, startsAt = at, until, beginsTerm = false }: Move) {
  const { stop, start } = clockChange(from, found.state, found.contractAt !== null && !beginsTerm);
  const over = isOver(found) ? (['COURT_PENDING'] as const) : [];
  const stopped = [...stop, ...over].map((code) => cancelDeadline(tx, found.id, code, at));
  const [started] = await Promise.all([start ? setDeadline(tx, found, start, startsAt, until ? { until } : {}) : {}, ...stopped]);
  return started;
}

/** The court's own term ends with mediation, however it ends. */
const isOver = ({ door, state }: Case) =>
  door === 'court' && ['REFUSED_SCOPE', 'WITHDRAWN', 'TERMINATED', 'SETTLED_FULL', 'SETTLED_PARTIAL', 'CLOSED'].includes(state);

/** A deadline is a row that is swept; its date goes into the fact that sets it, so that no date moves silently. `until`: a court named the day. */
export async function setDeadline(
  tx: EntityManager,
  found: Case,
  code: DeadlineCode,
  startsAt: Date,
  named: { subjectId?: string; until?: Date } = {},
) {
  const { subjectId = null, until } = named;
  const due = until ?? dueAt(code, startsAt, found.rulesOn);
  await tx.query(`INSERT INTO deadlines (id, case_id, code, subject_id, starts_at, due_at) VALUES ($1, $2, $3, $4, $5, $6)`, [
    newId(),
    found.id,
    code,
    subjectId,
    startsAt,
    due,
  ]);
  return { deadline: code, dueAt: due.toISOString() };
}

export async function cancelDeadline(tx: EntityManager, caseId: string, code: DeadlineCode, at: Date) {
  await tx.query(`UPDATE deadlines SET cancelled_at = $3 WHERE case_id = $1 AND code = $2 AND fired_at IS NULL AND cancelled_at IS NULL`, [
    caseId,
    code,
    at,
  ]);
}
