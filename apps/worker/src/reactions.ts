import type { EventType } from '#contract';

/** Whose open pages may look again after a fact. What they then see is the api's to decide. */
export const hintAudiences = {
  participants: 'both sides and the mediator',
  side_a: 'the applicant side',
  offered: 'mediators to whom the case is or was offered',
  desk: 'every coordinator',
  court: 'the staff of the court that the case names',
} as const;
export type HintAudience = keyof typeof hintAudiences;

const all = ['participants', 'desk', 'court'] as const;
const offers = ['participants', 'offered', 'desk', 'court'] as const;

/**
 * What follows a fact besides its notices (libs/notifications, rules.ts): a hint to pages that show it. A court hears of nothing that
 * its own list does not show, or the hints would tell it the rhythm of the talks; the other side nothing of when a letter was opened.
 */
export const reactions = {
  'case.drafted': [],
  'case.submitted': ['side_a', 'desk', 'court'],
  'case.returned': ['side_a', 'desk', 'court'],
  'case.refusal_proposed': ['desk'],
  'case.refusal_rejected': ['desk'],
  'case.refused': ['side_a', 'desk', 'court'],
  'case.invited': all,
  'case.reinvited': all,
  'invitation.opened': ['desk'],
  'invitation.understood': ['desk'],
  'invitation.consented': ['desk'],
  'case.consented': all,
  'case.declined': all,
  'case.expired_invitation': all,
  'case.withdrawn': offers,
  'case.court_named': all,
  'offer.made': offers,
  'offer.accepted': offers,
  'offer.declined': offers,
  'offer.expired': offers,
  'contract.drafted': all,
  'contract.sent': all,
  'contract.confirmed': ['participants', 'desk'],
  'case.mediation_started': all,
  'case.extended': all,
  'settlement.drafted': all,
  'settlement.sent': all,
  'settlement.confirmed': ['participants'],
  'settlement.abandoned': all,
  'case.settled': all,
  'case.terminated': all,
  'case.mediator_replaced': offers,
  'case.handover_raised': ['desk'],
  'case.closed': all,
  'case.archived': all,
  'case.sent_to_court': all,
  'case.court_ruled': all,
  'case.performance_changed': all,
  'deadline.set': all,
  'deadline.cancelled': all,
  'deadline.fired': all,
  'meeting.proposed': ['participants'],
  'meeting.booked': ['participants'],
  'meeting.declined': ['participants'],
  'meeting.cancelled': ['participants'],
  'meeting.reminded': [],
  'meeting.absence_told': ['participants'],
  'meeting.started': ['participants'],
  'meeting.paused': ['participants'],
  'meeting.resumed': ['participants'],
  'meeting.ended': ['participants'],
  'meeting.missed': ['participants'],
  'person.registered': [],
  'person.role_granted': [],
  'person.role_revoked': [],
  'person.disabled': ['desk'],
  'person.enabled': [],
  'person.password_changed': [],
  'person.contact_changed': [],
  'person.second_factor_set': [],
  'person.second_factor_reset': [],
  'staff.invited': [],
} as const satisfies Record<EventType, readonly HintAudience[]>;
