/** All that may ever stand in a message besides its fixed words. Nothing here is written by a person; a template can name nothing else. */
export const variables = {
  number: 'the number of a case',
  until: 'a day by which something is asked or ends',
  at: 'the hour of an appointment',
  code: 'a one-time code, opened for the one delivery',
  check: 'the code by which anyone can tell that the message is ours',
  address: 'an address of this site',
  phone: 'the telephone of the House',
  count: 'how many things one message tells',
  day: 'the day that a root is of',
  root: 'a root over the chains of facts: a hash, to be kept by who reads it',
} as const;
export type Variable = keyof typeof variables;
/** What a planned notice keeps in the database. Codes and addresses, and the zone of a reader abroad, are put in when it is sent. */
export type Values = Partial<Record<'number' | 'until' | 'at' | 'zone' | 'day' | 'root', string>>;

/** Where the button leads. */
export type Page =
  | 'case'
  | 'cases'
  | 'guest'
  | 'complaints'
  | 'consultations'
  | 'centre'
  | 'offers'
  | 'profile'
  | 'invitation'
  | 'sign_in'
  | 'staff'
  | 'meeting'
  | 'reports'
  | 'council'
  | 'audit'
  | 'incidents'
  | 'drills'
  | 'trainings'
  | 'entry'
  | 'register'
  | 'none';
/** Texts of libs/language/texts/LANGUAGE/sms.ts. */
export type SmsText = 'guest' | 'code' | 'paper' | 'known' | 'invitation' | 'withdrawn' | 'news' | 'appointment' | 'reminder';

export type Template = {
  /** What its sentence needs (libs/language, `notices.TEMPLATE`). A notice without it is not sent but shown to the desk. */
  needs: readonly Variable[];
  page: Page;
  sms: SmsText;
  /** What the day in `until` means: the reader is asked to answer by it, or something ends on it. Without this no day is told. */
  until?: 'answer' | 'term';
  /** Kazakh and Russian in one mail: we do not know what an invited person reads. */
  bilingual?: boolean;
  /** A code that lies sealed until the message is written. */
  secret?: 'invitation' | 'one_time_code' | 'staff_invitation';
};

const ofCase = { needs: ['number'], page: 'case', sms: 'news' } as const;
const ofConsultation = { needs: [], page: 'consultations', sms: 'news' } as const;
const ofTraining = { needs: ['at'], page: 'trainings', sms: 'appointment' } as const;
const ofPerson = { needs: [], page: 'profile', sms: 'news' } as const;
const ofDesk = { needs: ['number'], page: 'case', sms: 'news' } as const;
const code = { needs: ['code'], page: 'none', sms: 'code', secret: 'one_time_code' } as const;

/** Every message the cabinet can send. The words in three languages: libs/language, areas `notices`, `mails` and `sms`. */
export const templates = {
  'application.received': ofCase,
  'application.returned': { ...ofCase, until: 'answer' },
  'application.refused': ofCase,
  'application.withdrawn': ofCase,
  invitation: { needs: [], page: 'invitation', sms: 'invitation', until: 'answer', bilingual: true, secret: 'invitation' },
  'invitation.reminder': { needs: [], page: 'invitation', sms: 'invitation', until: 'answer', bilingual: true, secret: 'invitation' },
  'invitation.sent': ofCase,
  'invitation.withdrawn': { needs: [], page: 'none', sms: 'withdrawn', bilingual: true },
  'invitation.accepted': ofCase,
  'invitation.declined': ofCase,
  'invitation.unanswered': ofCase,
  'consent.recorded': ofCase,
  'attorney.ended_principal': { needs: ['number'], page: 'none', sms: 'news', bilingual: true },
  'court.named': ofCase,
  'offer.made': { ...ofCase, page: 'offers', until: 'answer' },
  'offer.lapsed': { ...ofCase, page: 'offers' },
  'mediator.assigned': ofCase,
  'mediator.disclosed': { ...ofCase, until: 'answer' },
  'choosing.opened': { ...ofCase, until: 'answer' },
  'choosing.reminder': { ...ofCase, until: 'answer' },
  'mediator.replaced': ofCase,
  'objection.decided': ofCase,
  'contract.ready': { ...ofCase, until: 'answer' },
  'contract.confirmed': ofCase,
  'mediation.started': { ...ofCase, until: 'term' },
  'extension.ready': { ...ofCase, until: 'answer' },
  'extension.confirmed': ofCase,
  'extension.abandoned': ofCase,
  'mediation.extended': { ...ofCase, until: 'term' },
  'mediation.ended': ofCase,
  'settlement.ready': { ...ofCase, until: 'term' },
  'settlement.confirmed': ofCase,
  'settlement.abandoned': ofCase,
  'settlement.anew_agreed': ofCase,
  'settlement.resumed': { ...ofCase, until: 'term' },
  'case.settled': ofCase,
  'case.metadata_opened': ofCase,
  'case.metadata_opened_invited': { needs: ['number'], page: 'none', sms: 'news', bilingual: true },
  'case.closed': ofCase,
  'case.sent_to_court': ofCase,
  'court.ruled': ofCase,
  'court.term_ending': { ...ofCase, until: 'term' },
  'performance.changed': ofCase,
  'reminder.draft': { needs: [], page: 'cases', sms: 'news' },
  'reminder.draft_ends': { needs: [], page: 'cases', sms: 'news', until: 'term' },
  'reminder.returned': ofCase,
  'reminder.contract': ofCase,
  'meeting.proposed': ofCase,
  'meeting.booked': { needs: ['at'], page: 'case', sms: 'appointment' },
  'meeting.moved': { needs: ['at'], page: 'case', sms: 'appointment' },
  'meeting.nudged': ofCase,
  'meeting.declined': ofCase,
  'meeting.cancelled': ofCase,
  'meeting.reminder': { needs: ['at'], page: 'meeting', sms: 'reminder' },
  'meeting.absence': { ...ofCase, page: 'meeting' },
  'meeting.missed': { needs: ['at'], page: 'case', sms: 'news' },
  'rooms.unread': { needs: [], page: 'cases', sms: 'news' },
  'gathering.guest': { needs: [], page: 'guest', sms: 'guest', bilingual: true },
  'gathering.answer': { needs: [], page: 'cases', sms: 'news' },
  'consultation.waiting': ofConsultation,
  'consultation.taken': ofConsultation,
  'consultation.draft': ofConsultation,
  'consultation.reminder': { needs: ['at'], page: 'consultations', sms: 'appointment' },
  'consultation.expired': ofConsultation,
  'consultation.ended': ofConsultation,
  'complaint.answered': { needs: [], page: 'complaints', sms: 'news' },
  'desk.complaint': { needs: [], page: 'complaints', sms: 'news' },
  'complaint.overdue': { needs: [], page: 'complaints', sms: 'news' },
  'desk.complaint_due': { needs: [], page: 'complaints', sms: 'news', until: 'answer' },
  'desk.complaint_overdue': { needs: [], page: 'complaints', sms: 'news' },
  'register.certificate_ending': { needs: [], page: 'entry', sms: 'news', until: 'term' },
  'desk.certificate_ending': { needs: [], page: 'register', sms: 'news', until: 'term' },
  'desk.consultation_waiting': ofConsultation,
  'desk.submitted': ofDesk,
  'desk.anew_agreed': ofDesk,
  'desk.refusal_proposed': ofDesk,
  'desk.withdrawn': ofDesk,
  'desk.consented': ofDesk,
  'desk.declined': ofDesk,
  'desk.unanswered': ofDesk,
  'desk.call_needed': ofDesk,
  'desk.offer_declined': ofDesk,
  'desk.offer_expired': ofDesk,
  'desk.mediator_accepted': ofDesk,
  'desk.choosing_empty': ofDesk,
  'desk.objection': ofDesk,
  'desk.attorney_ended': ofDesk,
  'desk.mediator_replaced': ofDesk,
  'desk.handover': ofDesk,
  'desk.settled': ofDesk,
  'desk.ended': ofDesk,
  'desk.ruled': ofDesk,
  'desk.performance': ofDesk,
  'desk.deadline': ofDesk,
  'report.ready': { needs: [], page: 'reports', sms: 'news' },
  'training.seat': ofTraining,
  'training.waiting': { ...ofTraining, sms: 'news' },
  'training.moved_up': ofTraining,
  'training.cancelled': { ...ofTraining, sms: 'news' },
  'training.reminder': { ...ofTraining, sms: 'reminder' },
  'training.certified': { ...ofTraining, needs: [], sms: 'news' },
  'training.changed': ofTraining,
  'person.role_granted': ofPerson,
  'person.role_revoked': ofPerson,
  'person.disabled': { ...ofPerson, page: 'none' },
  'person.enabled': ofPerson,
  'person.password_changed': ofPerson,
  'person.contact_changed': ofPerson,
  'person.second_factor_set': ofPerson,
  'person.second_factor_reset': ofPerson,
  'council.meeting': { needs: ['at'], page: 'council', sms: 'news' },
  'council.minutes': { needs: [], page: 'council', sms: 'news' },
  'council.task': { needs: [], page: 'council', sms: 'news', until: 'term' },
  'council.task_overdue': { needs: [], page: 'council', sms: 'news' },
  'audit.root': { needs: ['day', 'root'], page: 'audit', sms: 'news' },
  'incident.reported': { needs: [], page: 'incidents', sms: 'news', until: 'answer' },
  'incident.overdue': { needs: [], page: 'incidents', sms: 'news' },
  'drill.due': { needs: [], page: 'drills', sms: 'news' },
  'code.register': code,
  'code.sign_in': code,
  'code.reset_password': code,
  'code.add_contact': code,
  'code.leave_contact': code,
  'code.confirm_paper': { ...code, sms: 'paper' },
  'code.answer_invitation': code,
  'code.file_at_desk': code,
  'code.already_registered': { needs: [], page: 'sign_in', sms: 'known' },
  'staff.invitation': { needs: [], page: 'staff', sms: 'news', secret: 'staff_invitation' },
} as const satisfies Record<string, Template>;
export type TemplateName = keyof typeof templates;

export const templateOf = (name: string): Template | undefined => (templates as Record<string, Template>)[name];

/** Of what is said and settled inside mediation: offices hear of it when it has come about. */
export const inside = /^(settlement|meeting)[.]|^contract[.]confirmed$/;

/** What of a notice's template anyone holding its check code may learn: no state of a case. */
export function kindOf(template: string): 'invitation' | 'code' | 'staff_invitation' | 'notice' {
  if (template === 'invitation' || template === 'invitation.reminder') return 'invitation';
  if (template.startsWith('code.')) return 'code';
  return template === 'staff.invitation' ? 'staff_invitation' : 'notice';
}
