import { randomUUID } from 'node:crypto';
import {
  type Candidate,
  type CaseView,
  dataConsent,
  type InvitationView,
  type OfferView,
  type PaperView,
  type ReferCase,
  relationKinds,
  type Schedule,
} from '#contract';
import type { Inbox } from './inbox.js';
import { answersOf, attorneyOf, contactOf, districtOf, namesOf, pages } from './application.js';
import { DemoPerson } from './person.js';
import { localInstant, type Scenario, type ScenarioParty } from './scenario.js';

/** The house in which a dispute is played: its address, its staff signed in, its mail, and its clock if it can be turned. */
export type Stage = {
  origin: string;
  inbox: Inbox;
  coordinator: DemoPerson;
  /** Refers what comes from a court; without him such a dispute is filed by its applicant. */
  clerk?: DemoPerson;
  /** Signs a mediator in, once. */
  mediator: (personId: string) => Promise<DemoPerson>;
  setClock?: (at: Date) => void;
  court?: { courtId: string; caseNumber: string };
  /** Hears all that somebody receives. */
  listen?: (name: string) => DemoPerson['received'];
  /** How long people try again while the house does not answer. */
  patienceMs?: number;
};
export type Filed = { caseId: string; people: Map<string, DemoPerson> };
export type Cast = Filed & { mediator: DemoPerson };

const dayMs = 86_400_000;

/** Files the dispute by its door; returns the people who act for the parties. */
export async function file(stage: Stage, scenario: Scenario): Promise<Filed> {
  stage.setClock?.(localInstant(scenario.filedAtLocal));
  const people = new Map(scenario.parties.map((party) => [party.id, actorFor(stage, party)]));
  if (scenario.door === 'desk') return { caseId: await fileAtDesk(stage, scenario, people.get('A1')!), people };
  if (scenario.door === 'court' && stage.clerk) return { caseId: await refer(stage.clerk, scenario), people };
  const first = partyOf(scenario, 'A1');
  const applicant = people.get('A1')!;
  await applicant.register({ ...namesOf(first), language: first.language });
  if (first.kind === 'person') await applicant.ask('PATCH', '/people/me', { iin: first.representative?.iin ?? first.iin });
  const caseId = randomUUID();
  await applicant.ask('POST', '/cases', { id: caseId, language: scenario.language });
  for (const answers of pages(scenario)) await applicant.ask('PUT', `/cases/${caseId}/application`, { answers });
  await applicant.ask('POST', `/cases/${caseId}/moves`, { action: 'submit' });
  return { caseId, people };
}

/** An operator writes down what the citizen says; the code that comes to the citizen confirms it. */
async function fileAtDesk({ coordinator }: Stage, scenario: Scenario, citizen: DemoPerson): Promise<string> {
  const caseId = randomUUID();
  await coordinator.ask('POST', '/cases', { id: caseId, language: scenario.language });
  for (const answers of pages(scenario)) await coordinator.ask('PUT', `/cases/${caseId}/application`, { answers });
  const channel = citizen.contact.includes('@') ? 'email' : 'sms';
  const { codeId } = await coordinator.ask<{ codeId: string }>('POST', `/cases/${caseId}/filing-codes`, { channel });
  const consent = { version: dataConsent.version };
  await coordinator.ask('PUT', `/cases/${caseId}/filing`, { codeId, code: await citizen.readCode(), consent });
  await citizen.comeBack();
  return caseId;
}

async function refer(clerk: DemoPerson, scenario: Scenario): Promise<string> {
  return (await clerk.ask<{ caseId: string }>('POST', '/court/referrals', referralOf(scenario))).caseId;
}

/** What the court's form sends. */
export function referralOf(scenario: Scenario): ReferCase {
  const { language, category, subcategory, court, parties, flags } = scenario;
  const { caseNumber, rulingDate: rulingOn, termDays } = court!;
  const side = (which: 'A' | 'B') => parties.filter((party) => party.side === which).map(answersOf);
  const facts = { language, category, subcategory, district: districtOf(scenario), caseNumber, termDays, rulingOn };
  return { ...facts, safeProcess: Boolean(flags['violence']), sideA: side('A'), sideB: side('B') } as ReferCase;
}

/** The desk allows with neutral words; everybody invited opens a code, reads, and consents after the days of the script. */
export async function inviteAndConsent(stage: Stage, scenario: Scenario, filed: Filed) {
  await invite(stage, scenario, filed);
  const invited = scenario.parties.filter(({ id }) => id !== 'A1' || (scenario.door === 'court' && stage.clerk));
  const codes = new Map<string, string>();
  for (const { id } of invited) codes.set(id, await readInvitation(filed.people.get(id)!));
  stage.setClock?.(answerDay(scenario));
  for (const party of invited) await consent(filed.people.get(party.id)!, party, codes.get(party.id)!);
}

export async function invite(stage: Stage, scenario: Scenario, { caseId }: Filed) {
  if (stage.court && scenario.door !== 'court') await stage.coordinator.ask('PUT', `/cases/${caseId}/court`, stage.court);
  await stage.coordinator.ask('PUT', `/cases/${caseId}/screening`, { decision: 'allow', summary: neutralWords(scenario) });
}

/** What the invited sees before anything is asked of him. Returns his code. */
export async function readInvitation(invited: DemoPerson): Promise<string> {
  const code = await invited.invitation();
  await invited.ask('POST', '/invitations/openings', { code });
  await invited.ask<InvitationView>('GET', '/invitation');
  await invited.ask('PUT', '/invitation/understanding');
  return code;
}

async function consent(invited: DemoPerson, party: ScenarioParty, code: string) {
  await invited.ask('POST', '/invitations/openings', { code }); // days later the page asks for it again
  const shown = await invited.proof('/invitation/codes', { channel: invited.contact.includes('@') ? 'email' : 'sms' });
  const attorney = attorneyOf(party.representative);
  await invited.ask('PUT', '/invitation/answer', {
    answer: 'consent',
    ...shown,
    ...namesOf(party),
    language: party.language,
    consent: { version: dataConsent.version },
    ...(attorney ? { attorney } : {}),
  });
  invited.keep(await sessionOf(invited));
}

export const answerDay = ({ filedAtLocal, respondentAnswerAfterDays }: Scenario) =>
  new Date(localInstant(filedAtLocal).getTime() + (respondentAnswerAfterDays ?? 0) * dayMs);

/** Nothing that he would have to tell the parties first. */
export const isUntied = ({ hints }: Candidate) => !hints.some((hint) => (relationKinds as readonly string[]).includes(hint));

/** The desk offers the case to the first who may take it, or to one it has in mind; he declares no conflict and accepts. */
export async function appoint(stage: Stage, caseId: string, isMeant: (one: Candidate) => boolean = () => true): Promise<DemoPerson> {
  const candidates = await stage.coordinator.ask<Candidate[]>('GET', `/cases/${caseId}/candidates`);
  const [chosen] = candidates.filter((one) => one.eligible && isUntied(one) && isMeant(one)).toSorted(byTotalAndName);
  if (!chosen) throw new Error(`no eligible mediator for ${caseId}`);
  await stage.coordinator.ask('PUT', `/cases/${caseId}/offer`, { mediatorId: chosen.mediatorId });
  return acceptOffer(stage, caseId, chosen.mediatorId);
}

/** He declares no conflict, and takes the case that waits for his answer. */
export async function acceptOffer(stage: Stage, caseId: string, mediatorId: string): Promise<DemoPerson> {
  const mediator = await stage.mediator(mediatorId);
  const offers = await mediator.ask<OfferView[]>('GET', '/offers');
  const offer = offers.find((one) => one.caseId === caseId);
  if (!offer) throw new Error('the offer did not reach the mediator');
  const declaration = { related: false, employed: false, interested: false, advised: false };
  await mediator.ask('PUT', `/offers/${offer.id}/answer`, { answer: 'accepted', declaration });
  return mediator;
}

/** Where the cabinet draws lots among equals, a play takes the first by name, so that it goes the same way every time. */
export const byTotalAndName = (one: Candidate, other: Candidate) => other.total - one.total || (one.name < other.name ? -1 : 1);

/** One text, frozen, and confirmed by all with one-time codes. */
export async function agree({ caseId, people, mediator }: Cast, draft: Record<string, unknown>): Promise<PaperView> {
  const drafted = await mediator.ask<PaperView>('POST', `/cases/${caseId}/papers`, draft);
  const { id, hash } = await mediator.ask<PaperView>('PUT', `/papers/${drafted.id}/freezing`);
  for (const person of [...people.values(), mediator]) {
    const shown = await person.proof(`/papers/${id}/codes`);
    await person.ask('PUT', `/papers/${id}/confirmation`, { hash, ...shown });
  }
  return mediator.ask<PaperView>('GET', `/papers/${id}`);
}

/** The mediator proposes the first hour that suits every party of the script; all accept; it is booked. */
export async function meet({ caseId, people, mediator }: Cast, scenario: Scenario, after: Date): Promise<Schedule> {
  const from = commonStart(scenario, after);
  const slots = [{ from: from.toISOString(), to: new Date(from.getTime() + dayMs / 24).toISOString() }];
  const planned = await mediator.ask<Schedule>('POST', `/cases/${caseId}/proposals`, { id: randomUUID(), mode: 'room', slots });
  const accepted = { acceptedSlotIds: planned.proposal?.slots.map((slot) => slot.id) ?? [] };
  for (const person of people.values()) await person.ask('PUT', `/proposals/${planned.proposal?.id}/answer`, accepted);
  return mediator.ask<Schedule>('GET', `/cases/${caseId}/schedule`);
}

export const settlementOf = ({ outcome }: Scenario) => ({
  kind: 'settlement',
  scope: outcome.kind === 'partial' ? 'partial' : 'full',
  amountKzt: outcome.obligations.reduce((sum, { amountKzt }) => sum + (amountKzt ?? 0), 0) || null,
  text: {
    kk: outcome.obligations.map(({ text }, at) => `${at + 1}. ${text.kk}`).join('\n'),
    ru: outcome.obligations.map(({ text }, at) => `${at + 1}. ${text.ru}`).join('\n'),
    en: outcome.obligations.map(({ text }, at) => `${at + 1}. ${text.en}`).join('\n'),
  },
});

export const caseAs = (person: DemoPerson, caseId: string) => person.ask<CaseView>('GET', `/cases/${caseId}`);

function commonStart({ availability }: Scenario, after: Date): Date {
  const starts = availability
    .flatMap(({ slots }) => slots.map((slot) => localInstant(slot.from)))
    .toSorted((x, y) => x.getTime() - y.getTime());
  const suits = (at: Date) =>
    availability.every(({ slots }) => slots.some((slot) => localInstant(slot.from) <= at && at < localInstant(slot.to)));
  return starts.find((at) => at > after && suits(at)) ?? new Date(Math.ceil((after.getTime() + 3 * dayMs) / (dayMs / 24)) * (dayMs / 24));
}

function actorFor(stage: Stage, party: ScenarioParty): DemoPerson {
  const person = new DemoPerson(stage.origin, party.id, contactOf(party), stage.inbox);
  person.patienceMs = stage.patienceMs ?? 0;
  if (stage.listen) person.received = stage.listen(party.id);
  return person;
}

const neutralWords = ({ language, category }: Scenario) =>
  language === 'kk'
    ? `Бірінші тарап сізбен дауды медиатордың көмегімен талқылағысы келеді (${category}).`
    : `Первая сторона предлагает обсудить спор с помощью медиатора (${category}).`;

const partyOf = ({ parties, slug }: Scenario, id: string) => {
  const found = parties.find((party) => party.id === id);
  if (!found) throw new Error(`${slug} has no party ${id}`);
  return found;
};

async function sessionOf(person: DemoPerson) {
  const { session } = await person.ask<{ session: Parameters<DemoPerson['keep']>[0] | null }>('GET', '/sessions/current');
  if (!session) throw new Error(`${person.name} is not signed in`);
  return session;
}
