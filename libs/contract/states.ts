/** The states of a case, in the order of its life. Source: docs/architecture.md prints the table that moves between them. */
export const caseStates = [
  'DRAFT',
  'SUBMITTED',
  'RETURNED',
  'REFUSED_SCOPE',
  'INVITED',
  'DECLINED',
  'NO_RESPONSE',
  'CONSENTED',
  'MEDIATOR_OFFERED',
  'MEDIATOR_ACCEPTED',
  'CONTRACT_DRAFT',
  'CONTRACT_SIGNING',
  'IN_MEDIATION',
  'EXTENDED',
  'SETTLEMENT_DRAFT',
  'SETTLEMENT_SIGNING',
  'SETTLED_FULL',
  'SETTLED_PARTIAL',
  'TERMINATED',
  'AT_COURT',
  'COURT_APPROVED',
  'COURT_REFUSED',
  'PERFORMING',
  'PERFORMED',
  'BREACH_CLAIMED',
  'BREACHED',
  'CLOSED',
  'ARCHIVED',
  'WITHDRAWN',
] as const;
export type CaseState = (typeof caseStates)[number];

/** Everything that can move a case. The table of who may, from where and to where is libs/cases/case.lifecycle.ts. */
export const caseActions = [
  'submit',
  'return',
  'refuse',
  'invite',
  'resubmit',
  'withdraw',
  'take_back',
  'consent',
  'decline',
  'expire_invitation',
  'reinvite',
  'offer_mediator',
  'accept_offer',
  'decline_offer',
  'expire_offer',
  'draft_contract',
  'send_contract',
  'conclude_contract',
  'extend',
  'draft_settlement',
  'send_settlement',
  'resume_mediation',
  'conclude_settlement_full',
  'conclude_settlement_partial',
  'terminate',
  'replace_mediator',
  'send_to_court',
  'court_approve',
  'court_refuse',
  'resume_settlement',
  'start_performance',
  'confirm_performance',
  'claim_breach',
  'confirm_breach',
  'close',
  'archive',
] as const;
export type CaseAction = (typeof caseActions)[number];

/** States in which the rooms of a case are open for writing. The database holds the same list (function case_is_live). */
export const liveStates = ['IN_MEDIATION', 'EXTENDED', 'SETTLEMENT_DRAFT', 'SETTLEMENT_SIGNING'] as const satisfies CaseState[];

/** Grounds on which mediation ends; texts and sources in libs/cases/data/termination-grounds.json. */
export const grounds = ['1', '2', '3', '4', '5', 'T1', 'T2', 'T3'] as const;
export type Ground = (typeof grounds)[number];

export const nextActors = ['party_a', 'party_b', 'participants', 'mediator', 'house', 'court', 'nobody'] as const;
export type NextActor = (typeof nextActors)[number];
/** What a court may read of "who acts next": never a side, an absence or a silence by name. */
export const courtNextActors = ['court', 'house', 'mediator', 'participants', 'nobody'] as const;
export type CourtNextActor = (typeof courtNextActors)[number];
