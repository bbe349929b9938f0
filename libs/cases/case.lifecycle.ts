import {
  type CaseAction,
  caseActions,
  type CaseState,
  type CourtNextActor,
  type Ground,
  grounds,
  liveStates,
  type NextActor,
} from '#contract';
import { DomainError } from '#platform';
import groundData from './data/termination-grounds.json' with { type: 'json' };
import type { DeadlineCode } from './deadline.rules.js';

/** Who moves a case. A representative counts as the side it speaks for; `second_coordinator` is another one than who proposed. */
export const actorKinds = ['applicant', 'invited', 'mediator', 'coordinator', 'second_coordinator', 'court', 'system'] as const;
export type ActorKind = (typeof actorKinds)[number];

/** What must hold before a move, in words. Whoever makes the move checks it; the table says which. */
export const guards = {
  agreed_by_both: 'both sides agree',
  all_agree: 'both sides and the mediator agree',
  all_confirmed_one_text: 'every party and the mediator confirmed the same hash by an approved method',
  answers_complete: 'required answers, data consent, valid IIN or BIN, confirmed by the applicant',
  breach_agreed_or_ruled: 'both sides agree on it, or a court decided it',
  clauses_complete: 'all mandatory clauses are there',
  conflict_declared_clear: 'the conflict declaration is complete and clear, or accepted by all',
  contract_concluded: 'a contract was concluded in this case',
  court_case_open: 'a court case is named',
  deadline_open: 'its deadline has not passed',
  deadline_passed: 'its deadline has passed; delivery attempts and reminders are recorded',
  defects_named: 'notes say what is missing',
  fresh_round: 'late consent or a fresh request: a new proposal, the old one stays in the log',
  ground_named: 'a ground this actor may name; a reason in words stays private',
  identity_checked: 'a one-time code went to the invited contact and came back',
  mediator_fits: 'in the register that day; field, language, kind and workload fit; no conflict known',
  no_contract_yet: 'no contract was concluded in this case',
  no_court_case: 'no court case is named',
  no_legal_hold: 'no clock is open and no legal hold stands',
  obligations_confirmed: 'every obligation is confirmed',
  refusal_proposed: 'another coordinator proposed it with a ground',
  ruling_named: 'number and date of the ruling',
  second_clerk: 'a wrong entry is corrected, and a second person of the court accepts it',
  settlement_checked: "children's and third parties' checklists done, powers of attorney hold the power to settle",
  untouched: 'it came with a table, and nobody has worked on it since',
  summary_approved: 'a coordinator approved neutral words',
  term_open: 'the term of mediation has not run out',
  total_within_limit: 'the whole term stays within the limit',
} as const;
export type Guard = keyof typeof guards;

type Move = { to: CaseState; by: readonly ActorKind[]; guards?: readonly Guard[]; grounds?: readonly Ground[] };
type Moves = Partial<Record<CaseAction, Move>>;
export type Lifecycle = Record<CaseState, Moves>;

const parties = ['applicant', 'invited'] as const;
const signers = [...parties, 'mediator'] as const;
const endGrounds = grounds.filter((ground) => ground !== '1');

const withdrawable = { withdraw: { to: 'WITHDRAWN', by: ['applicant'], guards: ['no_contract_yet'] } } as const satisfies Moves;
const closable = { close: { to: 'CLOSED', by: ['coordinator', 'system'], guards: ['no_legal_hold'] } } as const satisfies Moves;
/** Nothing is refused silently: when reminders stay unanswered, a coordinator decides to close (our choice). */
const closableOnSilence = {
  close: { to: 'CLOSED', by: ['coordinator'], guards: ['no_contract_yet', 'deadline_passed'] },
} as const satisfies Moves;
/** The desk, or the mediator himself who steps back (law: he may withdraw; that the case goes on with another one is our choice). */
const replaceable = { replace_mediator: { to: 'CONSENTED', by: ['coordinator', 'mediator'] } } as const satisfies Moves;
const terminable = (...by: ActorKind[]) =>
  ({ terminate: { to: 'TERMINATED', by, guards: ['contract_concluded', 'ground_named'], grounds: endGrounds } }) as const satisfies Moves;
const terminableByAll = terminable(...signers, 'coordinator', 'system');
/** Between consent and contract either side may still leave; when a mediator is being replaced the contract stands and the case ends by a ground. */
const leavable = {
  ...withdrawable,
  decline: { to: 'DECLINED', by: ['invited'], guards: ['no_contract_yet'] },
  ...terminable(...parties, 'coordinator', 'system'),
} as const satisfies Moves;
const reinvitable = { reinvite: { to: 'INVITED', by: ['coordinator'], guards: ['fresh_round'] }, ...closable } as const satisfies Moves;
const settled = {
  send_to_court: { to: 'AT_COURT', by: [...signers, 'coordinator'], guards: ['court_case_open'] },
  start_performance: { to: 'PERFORMING', by: ['system'], guards: ['no_court_case'] },
  ...closable,
} as const satisfies Moves;
const settle = { by: signers, guards: ['all_confirmed_one_text', 'settlement_checked', 'term_open'], grounds: ['1'] } as const;
const draftSettlement = { draft_settlement: { to: 'SETTLEMENT_DRAFT', by: ['mediator'], guards: ['term_open'] } } as const satisfies Moves;
const resumable = { resume_mediation: { to: 'IN_MEDIATION', by: ['mediator'] } } as const satisfies Moves;

/** The life of a case. Rows are states, cells are moves; a missing cell is a forbidden move. */
export const lifecycle: Lifecycle = {
  DRAFT: { submit: { to: 'SUBMITTED', by: ['applicant', 'coordinator', 'court'], guards: ['answers_complete'] }, ...withdrawable },
  SUBMITTED: {
    return: { to: 'RETURNED', by: ['coordinator'], guards: ['defects_named'] },
    refuse: { to: 'REFUSED_SCOPE', by: ['second_coordinator'], guards: ['refusal_proposed'] },
    invite: { to: 'INVITED', by: ['coordinator'], guards: ['summary_approved'] },
    take_back: { to: 'WITHDRAWN', by: ['coordinator'], guards: ['untouched'] },
    ...withdrawable,
  },
  RETURNED: {
    resubmit: { to: 'SUBMITTED', by: ['applicant', 'coordinator'], guards: ['answers_complete'] },
    ...withdrawable,
    ...closableOnSilence,
  },
  REFUSED_SCOPE: closable,
  INVITED: {
    consent: { to: 'CONSENTED', by: ['invited'], guards: ['identity_checked', 'deadline_open'] },
    decline: { to: 'DECLINED', by: ['invited'] },
    expire_invitation: { to: 'NO_RESPONSE', by: ['system'], guards: ['deadline_passed'] },
    ...withdrawable,
  },
  DECLINED: reinvitable,
  NO_RESPONSE: reinvitable,
  CONSENTED: {
    offer_mediator: { to: 'MEDIATOR_OFFERED', by: [...parties, 'coordinator', 'system'], guards: ['agreed_by_both', 'mediator_fits'] },
    ...leavable,
    ...closableOnSilence,
  },
  MEDIATOR_OFFERED: {
    // By the system: with the last party who agrees to what the mediator disclosed, or the first who does not; which of them is told to nobody.
    accept_offer: {
      to: 'MEDIATOR_ACCEPTED',
      by: ['mediator', 'system'],
      guards: ['conflict_declared_clear', 'mediator_fits', 'deadline_open'],
    },
    decline_offer: { to: 'CONSENTED', by: ['mediator', 'system'] },
    expire_offer: { to: 'CONSENTED', by: ['system'], guards: ['deadline_passed'] },
    ...leavable,
  },
  MEDIATOR_ACCEPTED: { draft_contract: { to: 'CONTRACT_DRAFT', by: ['mediator'] }, ...replaceable, ...leavable, ...terminableByAll },
  CONTRACT_DRAFT: {
    send_contract: { to: 'CONTRACT_SIGNING', by: ['mediator'], guards: ['clauses_complete'] },
    ...replaceable,
    ...leavable,
    ...terminableByAll,
  },
  CONTRACT_SIGNING: {
    conclude_contract: { to: 'IN_MEDIATION', by: signers, guards: ['all_confirmed_one_text'] },
    draft_contract: { to: 'CONTRACT_DRAFT', by: ['mediator'] },
    ...replaceable,
    ...leavable,
    ...terminableByAll,
    ...closableOnSilence,
  },
  IN_MEDIATION: {
    extend: { to: 'EXTENDED', by: signers, guards: ['all_agree', 'term_open', 'total_within_limit'] },
    ...draftSettlement,
    ...replaceable,
    ...terminableByAll,
  },
  EXTENDED: { ...draftSettlement, ...replaceable, ...terminableByAll },
  SETTLEMENT_DRAFT: {
    send_settlement: { to: 'SETTLEMENT_SIGNING', by: ['mediator'], guards: ['settlement_checked', 'term_open'] },
    ...resumable,
    ...replaceable,
    ...terminableByAll,
  },
  SETTLEMENT_SIGNING: {
    conclude_settlement_full: { to: 'SETTLED_FULL', ...settle },
    conclude_settlement_partial: { to: 'SETTLED_PARTIAL', ...settle },
    ...draftSettlement,
    ...resumable,
    ...replaceable,
    ...terminableByAll,
  },
  SETTLED_FULL: settled,
  SETTLED_PARTIAL: settled,
  TERMINATED: closable,
  AT_COURT: {
    court_approve: { to: 'COURT_APPROVED', by: ['court'], guards: ['ruling_named'] },
    court_refuse: { to: 'COURT_REFUSED', by: ['court'], guards: ['ruling_named'] },
  },
  COURT_APPROVED: {
    start_performance: { to: 'PERFORMING', by: ['system'] },
    court_refuse: { to: 'COURT_REFUSED', by: ['court'], guards: ['second_clerk'] },
  },
  COURT_REFUSED: {
    court_approve: { to: 'COURT_APPROVED', by: ['court'], guards: ['second_clerk'] },
    resume_settlement: { to: 'SETTLEMENT_DRAFT', by: ['coordinator'], guards: ['agreed_by_both', 'term_open'] },
    ...closable,
  },
  PERFORMING: {
    confirm_performance: { to: 'PERFORMED', by: parties, guards: ['obligations_confirmed'] },
    claim_breach: { to: 'BREACH_CLAIMED', by: parties },
  },
  PERFORMED: closable,
  BREACH_CLAIMED: {
    confirm_performance: { to: 'PERFORMED', by: [...parties, 'coordinator', 'court'], guards: ['breach_agreed_or_ruled'] },
    confirm_breach: { to: 'BREACHED', by: [...parties, 'coordinator', 'court'], guards: ['breach_agreed_or_ruled'] },
  },
  BREACHED: closable,
  CLOSED: { archive: { to: 'ARCHIVED', by: ['coordinator', 'system'], guards: ['no_legal_hold'] } },
  ARCHIVED: {},
  WITHDRAWN: closable,
};

export function move(from: CaseState, action: CaseAction): CaseState {
  const to = lifecycle[from][action]?.to;
  if (!to) throw new DomainError('case.transition_forbidden', { from, action });
  return to;
}

const live: readonly CaseState[] = liveStates;

/**
 * The table's word on who. `underContract`: a contract was concluded in this case; it decides between withdrawing and ending by a ground.
 * Of `refuse` the kind is another coordinator than who proposed it.
 */
export function mayMove(kind: ActorKind, from: CaseState, action: CaseAction, underContract = live.includes(from)): boolean {
  const { by = [], guards = [] } = lifecycle[from][action] ?? {};
  return by.includes(kind) && !guards.includes(underContract ? 'no_contract_yet' : 'contract_concluded');
}

export const movesFrom = (state: CaseState, kind: ActorKind, underContract?: boolean): CaseAction[] =>
  caseActions.filter((action) => mayMove(kind, state, action, underContract));

/** Who names a ground. That all parties refused in writing is the mediator's to record: none of them can say it alone. */
const namers: Record<string, readonly ActorKind[]> = {
  parties: ['mediator'],
  party: parties,
  mediator: ['mediator'],
  coordinator: ['coordinator'],
  system: ['system'],
};

/** The grounds somebody may give for a move from here: none for most moves, ground 1 for every settlement. */
export function groundsFor(state: CaseState, action: CaseAction, kind: ActorKind): Ground[] {
  const { by = [], grounds = [] } = lifecycle[state][action] ?? {};
  if (!by.includes(kind) || action !== 'terminate') return by.includes(kind) ? [...grounds] : [];
  return grounds.filter((ground) => groundData.grounds.some((row) => row.code === ground && namers[row.by]?.includes(kind)));
}

const turns: Record<CaseState, NextActor> = {
  DRAFT: 'party_a',
  SUBMITTED: 'house',
  RETURNED: 'party_a',
  REFUSED_SCOPE: 'nobody',
  INVITED: 'party_b',
  DECLINED: 'nobody',
  NO_RESPONSE: 'nobody',
  CONSENTED: 'house',
  MEDIATOR_OFFERED: 'mediator',
  MEDIATOR_ACCEPTED: 'mediator',
  CONTRACT_DRAFT: 'mediator',
  CONTRACT_SIGNING: 'participants',
  IN_MEDIATION: 'participants',
  EXTENDED: 'participants',
  SETTLEMENT_DRAFT: 'mediator',
  SETTLEMENT_SIGNING: 'participants',
  SETTLED_FULL: 'participants',
  SETTLED_PARTIAL: 'participants',
  TERMINATED: 'nobody',
  AT_COURT: 'court',
  COURT_APPROVED: 'participants',
  COURT_REFUSED: 'house',
  PERFORMING: 'participants',
  PERFORMED: 'nobody',
  BREACH_CLAIMED: 'participants',
  BREACHED: 'nobody',
  CLOSED: 'nobody',
  ARCHIVED: 'nobody',
  WITHDRAWN: 'nobody',
};
export const nextActor = (state: CaseState): NextActor => turns[state];

/** The same for a court: no side, and so no absence or silence, by name. */
export function courtNextActor(state: CaseState): CourtNextActor {
  const actor = nextActor(state);
  return actor === 'party_a' || actor === 'party_b' ? 'participants' : actor;
}

const clocks: Partial<Record<CaseState, DeadlineCode>> = {
  DRAFT: 'DRAFT_AUTODELETE',
  SUBMITTED: 'SCREENING',
  RETURNED: 'RETURNED_FIX',
  INVITED: 'PROPOSAL_ANSWER',
  CONSENTED: 'CHOOSE_MEDIATOR',
  MEDIATOR_OFFERED: 'MEDIATOR_ANSWER',
  CONTRACT_SIGNING: 'CONTRACT_SIGNING',
  IN_MEDIATION: 'MEDIATION_TERM',
  EXTENDED: 'MEDIATION_EXTENSION',
  SETTLEMENT_DRAFT: 'MEDIATION_TERM',
  SETTLEMENT_SIGNING: 'MEDIATION_TERM',
  ARCHIVED: 'RETENTION_CASE',
};
/** The time limit of a state. */
export const deadlineOf = (state: CaseState): DeadlineCode | null => clocks[state] ?? null;

const beforeMediation: readonly CaseState[] = ['CONSENTED', 'MEDIATOR_OFFERED', 'MEDIATOR_ACCEPTED', 'CONTRACT_DRAFT', 'CONTRACT_SIGNING'];
const isInside = (state: CaseState) => live.includes(state) || beforeMediation.includes(state);

/**
 * Which clocks a move stops and starts. The term of mediation begins with the first contract and runs on whatever happens, also while
 * another mediator is sought, until mediation ends; an extension takes its place. `underContract`: one was concluded before this move.
 * Back from the court, the clock that starts counts from the day of the contract.
 */
export function clockChange(from: CaseState, to: CaseState, underContract: boolean): { stop: DeadlineCode[]; start: DeadlineCode | null } {
  const left = live.includes(from) ? null : deadlineOf(from);
  const stop: DeadlineCode[] = left ? [left] : [];
  if (from === 'MEDIATOR_OFFERED') stop.push('DISCLOSURE_ANSWER');
  if (to === 'EXTENDED') return { stop: ['MEDIATION_TERM'], start: 'MEDIATION_EXTENSION' };
  if (isInside(from) && isInside(to)) return { stop, start: live.includes(to) && underContract ? null : deadlineOf(to) };
  return { stop: isInside(from) && underContract ? [...stop, 'MEDIATION_TERM', 'MEDIATION_EXTENSION'] : stop, start: deadlineOf(to) };
}
