import type { Actor, CaseAction, CaseState, EventType, Ground } from '#contract';
import { type ActorKind, groundsFor, lifecycle } from './case.lifecycle.js';

/** A fact of the log, as far as the state of its case follows from it. */
export type Told = {
  type: EventType;
  role: Actor['role'];
  data: { action?: CaseAction; from?: CaseState; to?: CaseState; ground?: Ground; [code: string]: unknown };
};

/** Which fact each move is. A move that more than one fact may tell lists them. */
export const tellings: Partial<Record<CaseAction, readonly EventType[]>> = {
  submit: ['case.submitted'],
  resubmit: ['case.submitted'],
  return: ['case.returned'],
  refuse: ['case.refused'],
  invite: ['case.invited'],
  reinvite: ['case.reinvited'],
  consent: ['case.consented'],
  decline: ['case.declined'],
  withdraw: ['case.withdrawn'],
  expire_invitation: ['case.expired_invitation'],
  offer_mediator: ['offer.made'],
  accept_offer: ['offer.accepted'],
  decline_offer: ['offer.declined'],
  expire_offer: ['offer.expired'],
  draft_contract: ['contract.drafted'],
  send_contract: ['contract.sent'],
  conclude_contract: ['case.mediation_started'],
  extend: ['case.extended'],
  draft_settlement: ['settlement.drafted'],
  send_settlement: ['settlement.sent'],
  resume_mediation: ['settlement.abandoned'],
  conclude_settlement_full: ['case.settled'],
  conclude_settlement_partial: ['case.settled'],
  take_back: ['case.import_undone'],
  replace_mediator: ['case.mediator_replaced'],
  terminate: ['case.terminated'],
  close: ['case.closed'],
  send_to_court: ['case.sent_to_court'],
  court_approve: ['case.court_ruled', 'court.corrected'],
  court_refuse: ['case.court_ruled', 'court.corrected'],
  resume_settlement: ['settlement.resumed'],
};

const kindsIn: Record<Actor['role'], readonly ActorKind[]> = {
  visitor: ['invited'],
  citizen: ['applicant', 'invited'],
  mediator: ['mediator'],
  coordinator: ['coordinator', 'second_coordinator'],
  court: ['court'],
  system: ['system'],
  council: [],
  administrator: [],
};

/** The state that the log of a case tells (lifecycle.md, invariant 7). What the table does not allow is named, with its place in the log. */
export function replay(log: readonly Told[]): CaseState {
  return log.reduce<CaseState>((state, fact, at) => {
    const { action, from, to, ground } = fact.data;
    if (!action) return state;
    const wrong = faultOf(state, fact, { action, from, to, ground });
    if (wrong) throw new RangeError(`fact ${at}: ${wrong}`);
    return to!;
  }, 'DRAFT');
}

type Moved = { action: CaseAction; from: CaseState | undefined; to: CaseState | undefined; ground: Ground | undefined };

function faultOf(state: CaseState, { type, role }: Told, { action, from, to, ground }: Moved): string | null {
  const move = lifecycle[state][action];
  if (from !== state) return `${action} from ${from}, but the case was ${state}`;
  if (!move || move.to !== to) return `${action} does not lead from ${state} to ${to}`;
  if (!tellings[action]?.includes(type)) return `${type} does not tell of ${action}`;
  const kind = kindsIn[role].find((one) => move.by.includes(one));
  if (!kind) return `${role} may not ${action}`;
  const allowed = groundsFor(state, action, kind);
  const fits = ground === undefined ? allowed.length === 0 : allowed.includes(ground);
  return fits ? null : `${action} by ground ${ground ?? 'none'}`;
}
