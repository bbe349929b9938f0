import type { Actor, EventType, Side } from '#contract';

/** From where somebody looks at a case. `offered`: a mediator who has not answered yet and knows names only. */
export const viewpoints = ['party_a', 'party_b', 'mediator', 'offered', 'coordinator'] as const;
export type Viewpoint = (typeof viewpoints)[number];
/** Facts of a case; those of people and staff belong to no case's timeline. */
type CaseFact = Exclude<
  EventType,
  | `person.${string}`
  | `report.${string}`
  | `export.${string}`
  | `audit.${string}`
  | `staff.${string}`
  | `partner.${string}`
  | `consultation.${string}`
  | `memorandum.${string}`
  | `council.${string}`
  | `incident.${string}`
  | `drill.${string}`
  | `register.${string}`
  | `complaint.${string}`
  | `training.${string}`
>;
type Row = { seenBy: readonly Viewpoint[]; shows?: readonly string[] };

const parties = ['party_a', 'party_b'] as const;
const inside = [...parties, 'mediator'] as const;
const everybody = [...inside, 'coordinator'] as const;
const applicantAndDesk = ['party_a', 'coordinator'] as const;
const partiesAndDesk = [...parties, 'coordinator'] as const;
const desk = ['coordinator'] as const;

/**
 * Which fact whom concerns, and which of its codes are shown with it; a fact of no row, and a code that is not named, is shown to nobody.
 * How far an invitation has come is the desk's; what is drafted and confirmed belongs to those who mediate; who declined an offer is not told.
 */
export const timelineRules: Record<CaseFact, Row> = {
  'case.drafted': { seenBy: ['party_a'] },
  'case.draft_reminded': { seenBy: [] },
  'case.draft_ending': { seenBy: [] },
  'case.draft_destroyed': { seenBy: [] },
  'case.submitted': { seenBy: applicantAndDesk, shows: ['dueAt'] },
  'case.applicant_confirmed': { seenBy: applicantAndDesk },
  'case.returned': { seenBy: applicantAndDesk, shows: ['dueAt'] },
  'case.refusal_proposed': { seenBy: desk, shows: ['code'] },
  'case.refusal_rejected': { seenBy: desk, shows: ['code'] },
  'case.linked': { seenBy: desk },
  'case.unlinked': { seenBy: desk },
  'case.refused': { seenBy: applicantAndDesk, shows: ['code'] },
  'case.invited': { seenBy: everybody, shows: ['dueAt'] },
  'case.reinvited': { seenBy: everybody, shows: ['dueAt'] },
  'invitation.opened': { seenBy: desk },
  'invitation.understood': { seenBy: desk },
  'invitation.printed': { seenBy: desk },
  'invitation.nudged': { seenBy: desk, shows: ['code'] },
  'invitation.consented': { seenBy: desk },
  'attorney.ended': { seenBy: everybody },
  'party.contact_taken': { seenBy: desk },
  'case.consented': { seenBy: everybody },
  'case.declined': { seenBy: partiesAndDesk },
  'case.expired_invitation': { seenBy: partiesAndDesk },
  'case.withdrawn': { seenBy: everybody },
  'case.import_undone': { seenBy: desk },
  'case.court_named': { seenBy: everybody },
  'offer.made': { seenBy: [...partiesAndDesk, 'offered'], shows: ['dueAt'] },
  'offer.disclosed': { seenBy: partiesAndDesk, shows: ['dueAt'] },
  'offer.accepted': { seenBy: everybody },
  'offer.declined': { seenBy: desk },
  'offer.expired': { seenBy: desk },
  'choosing.opened': { seenBy: partiesAndDesk, shows: ['dueAt'] },
  'choosing.nudged': { seenBy: desk },
  'choosing.decided': { seenBy: partiesAndDesk },
  'objection.made': { seenBy: desk, shows: ['dueAt'] },
  'objection.decided': { seenBy: desk, shows: ['code'] },
  'contract.drafted': { seenBy: inside },
  'contract.sent': { seenBy: everybody, shows: ['dueAt'] },
  'contract.confirmed': { seenBy: inside },
  'case.mediation_started': { seenBy: everybody, shows: ['dueAt'] },
  'extension.drafted': { seenBy: inside },
  'extension.sent': { seenBy: inside },
  'extension.confirmed': { seenBy: inside },
  'extension.abandoned': { seenBy: inside },
  'case.extended': { seenBy: everybody, shows: ['dueAt'] },
  'settlement.drafted': { seenBy: inside },
  'settlement.sent': { seenBy: inside },
  'settlement.confirmed': { seenBy: inside },
  'settlement.abandoned': { seenBy: inside },
  'settlement.anew_agreed': { seenBy: everybody },
  'settlement.resumed': { seenBy: everybody, shows: ['dueAt'] },
  'case.settled': { seenBy: everybody, shows: ['ground'] },
  'case.terminated': { seenBy: everybody, shows: ['ground'] },
  'case.mediator_replaced': { seenBy: everybody },
  'case.handover_raised': { seenBy: desk },
  'case.metadata_opened': { seenBy: everybody, shows: ['dueAt'] },
  'case.closed': { seenBy: everybody },
  'case.archived': { seenBy: everybody },
  'case.sent_to_court': { seenBy: everybody },
  'case.court_ruled': { seenBy: everybody },
  'case.performance_changed': { seenBy: everybody },
  'court.term_set': { seenBy: everybody, shows: ['dueAt'] },
  'court.suspended': { seenBy: everybody },
  'court.resumed': { seenBy: everybody },
  'court.term_ending': { seenBy: ['mediator', 'coordinator'], shows: ['dueAt'] },
  'court.correction_proposed': { seenBy: [] },
  'court.corrected': { seenBy: everybody },
  'court.correction_declined': { seenBy: [] },
  'deadline.set': { seenBy: desk, shows: ['code', 'dueAt'] },
  'deadline.cancelled': { seenBy: desk, shows: ['code'] },
  'deadline.fired': { seenBy: desk, shows: ['code'] },
  'meeting.proposed': { seenBy: inside },
  'meeting.booked': { seenBy: inside },
  'meeting.declined': { seenBy: inside },
  'meeting.cancelled': { seenBy: inside },
  'meeting.moved': { seenBy: inside },
  'meeting.nudged': { seenBy: [] },
  'meeting.reminded': { seenBy: [] },
  'meeting.absence_told': { seenBy: ['mediator'] },
  'meeting.started': { seenBy: inside },
  'meeting.paused': { seenBy: [] },
  'meeting.resumed': { seenBy: [] },
  'meeting.ended': { seenBy: inside },
  'meeting.missed': { seenBy: inside },
  'party.called': { seenBy: desk, shows: ['code', 'side'] },
  'notice.certified': { seenBy: desk, shows: ['side', 'hash'] },
  'notice.posted': { seenBy: desk, shows: ['side'] },
};

/** A fact as it is kept; `side` is that of the actor, where he has one. */
export type KeptFact = {
  id: string;
  type: EventType;
  at: Date;
  actorId: string | null;
  role: Actor['role'];
  side: Side | null;
  data: Record<string, unknown>;
};
export type Entry = { id: string; type: EventType; at: string; by: By; data: Record<string, unknown> };
type By = 'you' | 'party_a' | 'party_b' | 'mediator' | 'house' | 'court' | 'system';

/** What of the log this viewer is shown, in its order. */
export function timelineFor(viewpoint: Viewpoint, actor: Actor, facts: KeptFact[]): Entry[] {
  return facts
    .filter(({ type }) => ruleOf(type).seenBy.includes(viewpoint))
    .map((fact) => ({ id: fact.id, type: fact.type, at: fact.at.toISOString(), by: byOf(fact, actor), data: shownOf(fact) }));
}

const ruleOf = (type: EventType): Row => (timelineRules as Partial<Record<EventType, Row>>)[type] ?? { seenBy: [] };

function shownOf({ type, data }: KeptFact) {
  const { shows = [] } = ruleOf(type);
  return Object.fromEntries(shows.flatMap((code) => (data[code] == null ? [] : [[code, data[code]]])));
}

function byOf({ actorId, role, side }: KeptFact, actor: Actor): By {
  if (actorId !== null && actorId === actor.id && role === actor.role) return 'you';
  if (role === 'citizen') return side === 'B' ? 'party_b' : 'party_a';
  if (role === 'visitor') return 'party_b';
  if (role === 'mediator' || role === 'court' || role === 'system') return role;
  return 'house';
}
