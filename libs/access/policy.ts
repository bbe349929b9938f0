import type { Actor, SignedIn } from '#contract';
import { DomainError } from '#platform';

/** What a rule needs to know of a case. */
export type CaseSubject = {
  /** The applicant who opened it himself. */
  createdBy: string;
  /** The office that writes a draft down for others. */
  writtenBy: string | null;
  mediatorId: string | null;
  offeredTo: string | null;
  /** Who asks stands beside the mediator: declared, pledged, agreed to by every party. */
  coMediates: boolean;
  sideA: string[];
  sideB: string[];
  /** Who asks holds the office, and a party that has not joined bears the address, telephone or number of his own account. */
  isNamed?: boolean;
};
export type RoomSubject = { memberIds: string[] };
export type ConsultationSubject = { askerId: string; mediatorId: string | null };
type Rule<S> = (actor: Actor, subject: S) => boolean;

const applicant: Rule<CaseSubject> = (a, c) => a.role === 'citizen' && (a.id === c.createdBy || isOf(c.sideA, a));
const invited: Rule<CaseSubject> = (a, c) => a.role === 'citizen' && isOf(c.sideB, a);
const party: Rule<CaseSubject> = (a, c) => applicant(a, c) || invited(a, c);
const mediator: Rule<CaseSubject> = (a, c) => a.role === 'mediator' && a.id !== null && a.id === c.mediatorId;
const coMediator: Rule<CaseSubject> = (a, c) => a.role === 'mediator' && a.id !== null && c.coMediates;
const offered: Rule<CaseSubject> = (a, c) => a.role === 'mediator' && a.id !== null && a.id === c.offeredTo;
const desk: Rule<unknown> = (a) => a.role === 'coordinator';
/** An office is not held in one's own dispute: who is a party of it, or named in its papers as one, is a party alone. */
const coordinator: Rule<CaseSubject> = (a, c) => desk(a, c) && !isOf([...c.sideA, ...c.sideB], a) && !c.isNamed;
/** The operator at the desk, while the draft is not confirmed by whom it is for. */
const writer: Rule<CaseSubject> = (a, c) => coordinator(a, c) && a.id !== null && a.id === c.writtenBy;
const administrator: Rule<unknown> = (a) => a.role === 'administrator';
const court: Rule<unknown> = (a) => a.role === 'court' && Boolean(a.courtId);
const system: Rule<unknown> = (a) => a.role === 'system';
const participant: Rule<CaseSubject> = (a, c) => party(a, c) || mediator(a, c);
const member: Rule<RoomSubject> = (a, r) => (a.role === 'citizen' || a.role === 'mediator') && isOf(r.memberIds, a);

const consulted: Rule<ConsultationSubject> = (a, c) =>
  a.id !== null && ((a.role === 'citizen' && a.id === c.askerId) || (a.role === 'mediator' && a.id === c.mediatorId));

/** Who may do what. The whole of it: read this table to audit the cabinet. */
const rules = {
  'case.open': ((a) => a.role === 'citizen' || a.role === 'coordinator') as Rule<unknown>,
  'case.read': ((a, c) => participant(a, c) || coMediator(a, c) || offered(a, c) || coordinator(a, c)) as Rule<CaseSubject>,
  'case.write_application': ((a, c) => applicant(a, c) || writer(a, c)) as Rule<CaseSubject>,
  'case.file_at_desk': writer,
  'house_session.open': desk,
  'slip.use': ((a) => a.role === 'citizen' && a.openedBy !== undefined) as Rule<unknown>,
  'slip.make': ((a) => a.role === 'citizen' && a.openedBy !== undefined) as Rule<unknown>,
  'case.read_claim': ((a, c) => applicant(a, c) || mediator(a, c) || coMediator(a, c) || coordinator(a, c)) as Rule<CaseSubject>,
  'case.receipt': ((a, c) => applicant(a, c) || coordinator(a, c)) as Rule<CaseSubject>,
  'case.answer_safety': party,
  'case.read_safety': mediator,
  'case.submit': applicant,
  'case.resubmit': applicant,
  'case.withdraw': applicant,
  'case.leave': invited,
  'case.terminate': ((a, c) => participant(a, c) || coordinator(a, c)) as Rule<CaseSubject>,
  'case.screen': coordinator,
  'case.reinvite': coordinator,
  'attorney.end': ((a, c) => party(a, c) || coordinator(a, c)) as Rule<CaseSubject>,
  'party.take_contact': coordinator,
  'case.name_court': coordinator,
  'case.offer': coordinator,
  'case.close': coordinator,
  'case.audit': coordinator,
  'case.send_to_court': ((a, c) => participant(a, c) || coordinator(a, c)) as Rule<CaseSubject>,
  'case.oversee': desk,
  'case.import': desk,
  'case.replace_mediator': coordinator,
  'case.step_back': mediator,
  'case.follow_deadline': system,
  'offer.list': ((a) => a.role === 'mediator' && a.id !== null) as Rule<unknown>,
  'offer.answer': offered,
  'disclosure.answer': party,
  'choosing.read': ((a, c) => party(a, c) || coordinator(a, c)) as Rule<CaseSubject>,
  'choosing.answer': party,
  'objection.make': party,
  'satisfaction.answer': party,
  'look.read': party,
  'objection.decide': coordinator,
  'complaint.make': ((a) => a.role === 'citizen' && a.id !== null) as Rule<unknown>,
  'complaint.read': ((a) => ['citizen', 'coordinator', 'administrator'].includes(a.role)) as Rule<unknown>,
  'complaint.answer': ((a) => desk(a, null) || administrator(a, null)) as Rule<unknown>,
  'training.keep': desk,
  'training.own': ((a) => a.role === 'mediator' && a.id !== null) as Rule<unknown>,
  'register.own': ((a) => a.role === 'mediator' && a.id !== null) as Rule<unknown>,
  'register.keep': ((a) => desk(a, null) || system(a, null)) as Rule<unknown>,
  'relation.keep': ((a) => a.role === 'mediator' && a.id !== null) as Rule<unknown>,
  'paper.draft': mediator,
  'paper.read': ((a, c) => participant(a, c) || coMediator(a, c)) as Rule<CaseSubject>,
  'paper.confirm': participant,
  'settlement.read_anew': ((a, c) => participant(a, c) || coordinator(a, c)) as Rule<CaseSubject>,
  'settlement.agree_anew': party,
  'settlement.resume': coordinator,
  'meeting.plan': participant,
  'meeting.lead': mediator,
  'diary.read': desk,
  'meeting.search': ((a, c) => mediator(a, c) || coordinator(a, c)) as Rule<CaseSubject>,
  'hours.keep': ((a) => a.role === 'mediator' && a.id !== null) as Rule<unknown>,
  'resource.keep': desk,
  'notice.oversee': desk,
  'delivery.run': ((a) => desk(a, null) || administrator(a, null)) as Rule<unknown>,
  'room.read': member, // never by role: no office opens a room
  'room.post': member,
  'file.add_to_application': ((a, c) => applicant(a, c) || writer(a, c)) as Rule<CaseSubject>,
  'file.add_power': ((a, c) => party(a, c) || coordinator(a, c)) as Rule<CaseSubject>,
  'file.change': ((a, f) => a.id !== null && a.id === f.ownerId) as Rule<{ ownerId: string }>,
  'consultation.ask': ((a) => a.role === 'citizen' && a.id !== null) as Rule<unknown>,
  'consultation.take': ((a) => a.role === 'mediator' && a.id !== null) as Rule<unknown>,
  'consultation.read': consulted,
  'duty.keep': desk,
  'room.gather': mediator,
  'room.answer': ((a, c) => a.role === 'citizen' && isOf([...c.sideA, ...c.sideB], a)) as Rule<CaseSubject>,
  'people.manage': administrator,
  'metadata.open': administrator,
  'witness.keep': administrator,
  'incident.keep': administrator,
  'drill.read': administrator,
  'register.import': administrator,
  'report.read': ((a) => ['council', 'coordinator', 'court', 'administrator'].includes(a.role)) as Rule<unknown>,
  'council.read': ((a) => a.role === 'council' || a.role === 'coordinator') as Rule<unknown>,
  'council.keep': desk,
  'court.caseload': court,
  'court.refer': court,
  'court.rule': court,
};

export type Permission = keyof typeof rules;
type Subject<P extends Permission> = Parameters<(typeof rules)[P]>[1];

export const can = <P extends Permission>(actor: Actor, permission: P, subject: Subject<P>): boolean =>
  (rules[permission] as Rule<Subject<P>>)(actor, subject);

/** Lets pass or throws: a refusal looks like absence. */
export function authorize<P extends Permission>(actor: Actor, permission: P, subject: Subject<P>): void {
  if (!can(actor, permission, subject)) throw new DomainError('not_found');
}

/** Narrows to somebody with an account; a visitor is asked to sign in. */
export function requireSignedIn(actor: Actor): asserts actor is SignedIn {
  if (actor.id === null) throw new DomainError('unauthenticated');
}

const isOf = (ids: string[], { id }: Actor) => id !== null && ids.includes(id);
