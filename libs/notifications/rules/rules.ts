import type { EventType } from '#contract';
import type { TemplateName } from './templates.js';

/** Who hears of a fact, by role in the case. */
export const audiences = {
  side_a: 'the applicant side',
  side_b: 'the invited side, once it has joined',
  invited: 'whoever an invitation of this case was written to: by the contacts in it until there is an account',
  unrepresented: 'the party of the fact, while nobody acts for it: by the contacts that are known of it',
  parties: 'both sides, once joined',
  participants: 'both sides and the mediator',
  silent: 'participants whom a proposal of hours still waits for',
  mediator: 'the accepted mediator',
  offered: 'the mediator whom the fact is about',
  desk: 'every coordinator',
  council: 'every member of the council',
  administrators: 'every administrator',
  witnesses: 'who is named to be mailed the roots of days',
  court: 'the staff of the court that the case names',
  person: 'the person whom the fact is about',
} as const;
export type Audience = keyof typeof audiences;

/**
 * How it travels. `centre`: in the cabinet only. `reach`: there, and by e-mail, or by SMS where there is none.
 * `every`: there, and by each contact that is known, because a clock starts with it.
 */
export type Way = 'centre' | 'reach' | 'every';

export type Rule = {
  to: Audience;
  template: TemplateName;
  by: Way;
  /** A legal notice starts a clock or proves something: no quiet hours, no digest, no opting out. */
  weight: 'legal' | 'courtesy';
  /** Would come too late after a quiet night. */
  prompt?: true;
  /** Who did it needs no notice of it. */
  unlessActor?: true;
  /** Only if, or not if, the fact's data says so: name -> values. */
  when?: Readonly<Record<string, readonly string[]>>;
  unless?: Readonly<Record<string, readonly string[]>>;
};

const legal = (to: Audience, template: TemplateName, by: Way = 'reach'): Rule => ({ to, template, by, weight: 'legal' });
const courtesy = (to: Audience, template: TemplateName, by: Way = 'reach'): Rule => ({ to, template, by, weight: 'courtesy' });
const desk = (template: TemplateName): Rule => ({ to: 'desk', template, by: 'centre', weight: 'courtesy', unlessActor: true });
const others = (to: Audience, template: TemplateName, by: Way = 'reach'): Rule => ({ ...courtesy(to, template, by), unlessActor: true });
const filed = (rule: Rule): Rule => ({ ...rule, unless: { from: ['DRAFT'] } });
const of = (code: string, rule: Rule): Rule => ({ ...rule, when: { code: [code] } });

/** The whole of it: fact -> who hears of it, in what words, how. `[]` says "nobody" on purpose; a fact without a row does not compile. */
export const rules = {
  'case.drafted': [],
  'case.draft_reminded': [courtesy('person', 'reminder.draft')],
  'case.draft_ending': [legal('person', 'reminder.draft_ends')],
  'case.draft_destroyed': [],
  'case.applicant_confirmed': [], // the receipt follows in the same transaction
  'case.submitted': [legal('side_a', 'application.received'), desk('desk.submitted')],
  'case.returned': [legal('side_a', 'application.returned')],
  'case.refusal_proposed': [desk('desk.refusal_proposed')],
  'case.refusal_rejected': [],
  'case.linked': [],
  'case.unlinked': [],
  'case.refused': [legal('side_a', 'application.refused')],
  'case.invited': [legal('invited', 'invitation', 'every'), courtesy('side_a', 'invitation.sent')],
  'case.reinvited': [legal('invited', 'invitation', 'every'), courtesy('side_a', 'invitation.sent')],
  'invitation.opened': [],
  'invitation.understood': [],
  'invitation.printed': [], // the letter itself is the notice
  'invitation.nudged': [of('message', courtesy('invited', 'invitation.reminder', 'every')), of('call', desk('desk.call_needed'))],
  'invitation.consented': [],
  'attorney.ended': [
    of('told', legal('unrepresented', 'attorney.ended_principal', 'every')),
    of('invited', legal('unrepresented', 'invitation', 'every')),
    desk('desk.attorney_ended'),
  ],
  'party.contact_taken': [
    of('told', legal('unrepresented', 'attorney.ended_principal', 'every')),
    of('invited', legal('unrepresented', 'invitation', 'every')),
  ],
  'case.consented': [legal('side_b', 'consent.recorded'), courtesy('side_a', 'invitation.accepted'), desk('desk.consented')],
  'case.declined': [legal('side_a', 'invitation.declined'), desk('desk.declined')],
  'case.expired_invitation': [legal('side_a', 'invitation.unanswered'), desk('desk.unanswered')],
  'case.withdrawn': [
    filed(legal('side_a', 'application.withdrawn')),
    courtesy('invited', 'invitation.withdrawn'),
    filed(desk('desk.withdrawn')),
  ],
  'case.import_undone': [],
  'case.court_named': [courtesy('parties', 'court.named', 'centre')],
  'offer.made': [courtesy('offered', 'offer.made')],
  'offer.disclosed': [courtesy('parties', 'mediator.disclosed')],
  'offer.accepted': [courtesy('parties', 'mediator.assigned'), desk('desk.mediator_accepted')],
  'offer.declined': [desk('desk.offer_declined')],
  'offer.expired': [courtesy('offered', 'offer.lapsed', 'centre'), desk('desk.offer_expired')],
  'choosing.opened': [courtesy('parties', 'choosing.opened')],
  'choosing.nudged': [courtesy('person', 'choosing.reminder')],
  'choosing.decided': [of('nobody', desk('desk.choosing_empty'))],
  'objection.made': [desk('desk.objection')],
  'objection.decided': [courtesy('person', 'objection.decided')],
  'contract.drafted': [],
  'contract.sent': [legal('parties', 'contract.ready')],
  'contract.confirmed': [others('mediator', 'contract.confirmed', 'centre')],
  'case.mediation_started': [legal('participants', 'mediation.started')],
  'extension.drafted': [],
  'extension.sent': [legal('parties', 'extension.ready')],
  'extension.confirmed': [others('mediator', 'extension.confirmed', 'centre')],
  'extension.abandoned': [others('participants', 'extension.abandoned', 'centre')],
  'case.extended': [legal('participants', 'mediation.extended')],
  'settlement.drafted': [],
  'settlement.sent': [legal('parties', 'settlement.ready')],
  'settlement.confirmed': [others('mediator', 'settlement.confirmed', 'centre')],
  'settlement.abandoned': [others('participants', 'settlement.abandoned', 'centre')],
  'settlement.anew_agreed': [
    { ...others('parties', 'settlement.anew_agreed'), unless: { all: ['true'] } },
    { ...desk('desk.anew_agreed'), when: { all: ['true'] } },
  ],
  'settlement.resumed': [legal('participants', 'settlement.resumed')],
  'case.settled': [legal('participants', 'case.settled'), desk('desk.settled')],
  'case.terminated': [legal('participants', 'mediation.ended'), desk('desk.ended')],
  'case.mediator_replaced': [courtesy('parties', 'mediator.replaced'), desk('desk.mediator_replaced')],
  'case.handover_raised': [desk('desk.handover')],
  'case.metadata_opened': [legal('parties', 'case.metadata_opened'), legal('invited', 'case.metadata_opened_invited')],
  'case.closed': [courtesy('parties', 'case.closed', 'centre')],
  'case.archived': [],
  'case.sent_to_court': [courtesy('participants', 'case.sent_to_court')],
  'case.court_ruled': [legal('participants', 'court.ruled'), desk('desk.ruled')],
  'court.term_set': [], // the date stands on the case
  'court.suspended': [],
  'court.resumed': [],
  'court.term_ending': [courtesy('court', 'court.term_ending'), courtesy('mediator', 'court.term_ending'), desk('court.term_ending')],
  'court.correction_proposed': [],
  'court.corrected': [{ ...legal('participants', 'court.ruled'), when: { kind: ['ruling'] } }],
  'court.correction_declined': [],
  'case.performance_changed': [others('parties', 'performance.changed'), desk('desk.performance')],
  'deadline.set': [],
  'deadline.cancelled': [],
  'deadline.fired': [
    of('SCREENING', desk('desk.deadline')),
    of('CHOOSE_MEDIATOR', desk('desk.deadline')),
    of('RETURNED_FIX', courtesy('side_a', 'reminder.returned')),
    of('RETURNED_FIX', desk('desk.deadline')),
    of('CONTRACT_SIGNING', courtesy('parties', 'reminder.contract')),
    of('CONTRACT_SIGNING', desk('desk.deadline')),
    of('OBJECTION', desk('desk.deadline')),
  ],
  'complaint.made': [
    { ...desk('desk.complaint'), when: { about: ['mediator'] } },
    { ...courtesy('administrators', 'desk.complaint'), when: { about: ['desk'] }, unlessActor: true },
  ],
  'complaint.answered': [courtesy('person', 'complaint.answered')],
  'complaint.withdrawn': [], // who received it has it no more
  'complaint.reminded': [
    { ...desk('desk.complaint_due'), when: { about: ['mediator'] } },
    { ...courtesy('administrators', 'desk.complaint_due'), when: { about: ['desk'] } },
  ],
  'complaint.overdue': [
    { ...desk('desk.complaint_overdue'), when: { about: ['mediator'] } },
    courtesy('administrators', 'desk.complaint_overdue'),
    courtesy('person', 'complaint.overdue'),
  ],
  'consultation.asked': [],
  'consultation.called': [{ ...courtesy('person', 'consultation.waiting'), prompt: true }],
  'consultation.untaken': [desk('desk.consultation_waiting')],
  'consultation.taken': [courtesy('person', 'consultation.taken')],
  'consultation.draft_offered': [courtesy('person', 'consultation.draft')],
  'consultation.draft_declined': [], // the mediator reads it in the room's page
  'consultation.reminded': [courtesy('person', 'consultation.reminder')],
  'consultation.ended': [
    of('expired', courtesy('person', 'consultation.expired')),
    of('advice', courtesy('person', 'consultation.ended')),
    of('nothing', courtesy('person', 'consultation.ended')),
  ],
  'meeting.proposed': [others('participants', 'meeting.proposed')],
  'meeting.booked': [courtesy('participants', 'meeting.booked')],
  'meeting.declined': [others('participants', 'meeting.declined')],
  'meeting.cancelled': [courtesy('participants', 'meeting.cancelled')],
  'meeting.moved': [courtesy('participants', 'meeting.moved')],
  'meeting.nudged': [courtesy('silent', 'meeting.nudged')],
  'meeting.reminded': [
    { ...courtesy('participants', 'meeting.reminder'), unless: { kind: ['hour'] } },
    { ...courtesy('participants', 'meeting.reminder'), when: { kind: ['hour'] }, prompt: true },
  ],
  'meeting.absence_told': [{ ...others('mediator', 'meeting.absence'), when: { stands: ['true'] }, prompt: true }],
  'meeting.started': [],
  'meeting.paused': [],
  'meeting.resumed': [],
  'meeting.ended': [],
  'meeting.missed': [courtesy('participants', 'meeting.missed')],
  'party.called': [], // the call itself was the notice
  'notice.certified': [],
  'notice.posted': [], // the letter itself is the notice
  'report.exported': [],
  'report.closed': [courtesy('council', 'report.ready')],
  'export.asked': [], // who asked sees it on the page
  'export.taken': [],
  'audit.exported': [],
  'memorandum.noted': [],
  'memorandum.ended': [],
  'memorandum.credited': [], // the partner learns nothing of the case
  'council.meeting_called': [courtesy('council', 'council.meeting')],
  'council.meeting_held': [courtesy('council', 'council.minutes', 'centre')],
  'council.task_reminded': [courtesy('council', 'council.task'), desk('council.task')],
  'council.task_overdue': [courtesy('council', 'council.task_overdue'), desk('council.task_overdue')],
  'council.task_done': [],
  'audit.root_made': [legal('witnesses', 'audit.root')],
  'incident.reported': [{ ...legal('administrators', 'incident.reported'), unlessActor: true }],
  'incident.told': [],
  'incident.overdue': [legal('administrators', 'incident.overdue')],
  'incident.closed': [],
  'drill.done': [], // its report stands on the administrator's page
  'drill.due': [courtesy('administrators', 'drill.due')],
  'training.planned': [], // the public calendar says so
  'training.enrolled': [of('seat', courtesy('person', 'training.seat')), of('waiting', courtesy('person', 'training.waiting', 'centre'))],
  'training.left': [],
  'training.moved_up': [courtesy('person', 'training.moved_up')],
  'training.cancelled': [courtesy('person', 'training.cancelled')],
  'training.reminded': [courtesy('person', 'training.reminder')],
  'training.certified': [courtesy('person', 'training.certified')],
  'training.changed': [courtesy('person', 'training.changed')],
  'person.registered': [],
  'person.received': [], // he sits there
  'person.slip_made': [],
  'person.slip_lost': [],
  'person.role_granted': [courtesy('person', 'person.role_granted')],
  'person.role_revoked': [courtesy('person', 'person.role_revoked')],
  'person.disabled': [legal('person', 'person.disabled')],
  'person.enabled': [courtesy('person', 'person.enabled')],
  'person.password_changed': [legal('person', 'person.password_changed')],
  'person.contact_changed': [legal('person', 'person.contact_changed', 'every')],
  'person.second_factor_set': [legal('person', 'person.second_factor_set')],
  'person.second_factor_reset': [legal('person', 'person.second_factor_reset')],
  'person.publication_changed': [], // his own act
  'register.changed': [],
  'register.certificate_ending': [courtesy('person', 'register.certificate_ending'), desk('desk.certificate_ending')],
  'partner.token_made': [],
  'partner.token_revoked': [],
  'partner.hook_made': [],
  'partner.hook_ended': [],
  'staff.invited': [], // the invitation itself is the message: planning/codes.ts
  'staff.provider_switched': [],
} satisfies Record<EventType, Rule[]>;

/** The rules that apply to one fact. */
export function rulesFor(type: string, data: Record<string, unknown>): Rule[] {
  const all: Rule[] = (rules as Record<string, Rule[]>)[type] ?? [];
  const says = ([name, values]: [string, readonly string[]]) => values.includes(String(data[name]));
  return all.filter(({ when = {}, unless = {} }) => Object.entries(when).every(says) && !Object.entries(unless).some(says));
}

const everyRule: Rule[] = Object.values(rules as Record<string, Rule[]>).flat();
/** Said at whatever hour, however it came to be told. */
export const isPrompt = (template: string): boolean => {
  const saying = everyRule.filter((rule) => rule.template === template);
  return saying.length > 0 && saying.every(({ prompt }) => prompt);
};
