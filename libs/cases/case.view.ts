import type { Actor, CaseRow, CaseView, NextActor } from '#contract';
import { actionsFor } from './case.actions.js';
import { screenAnswers, screenReferral } from './application.screening.js';
import type { CaseFacts, PartyFacts } from './case.facts.js';
import { nextActor } from './case.lifecycle.js';
import type { KnownCase } from './case.moves.js';
import type { Viewpoint } from './case.timeline.js';

/** From where this actor looks at the case. Who may not look at all was refused before. */
export function viewpointOf(actor: Actor, subject: KnownCase): Viewpoint {
  if (actor.role === 'coordinator') return 'coordinator';
  if (actor.role === 'mediator') return actor.id === subject.mediatorId || subject.coMediates ? 'mediator' : 'offered';
  return actor.id === subject.createdBy || subject.sideA.includes(actor.id!) ? 'party_a' : 'party_b';
}

const turns: Record<Viewpoint, readonly NextActor[]> = {
  party_a: ['party_a', 'participants'],
  party_b: ['party_b', 'participants'],
  mediator: ['mediator', 'participants'],
  offered: ['mediator'],
  coordinator: ['house'],
};
export const isTurnOf = (viewpoint: Viewpoint, next: NextActor) => turns[viewpoint].includes(next);

/** Side A knows the case by its own title; everybody else by who is in it. */
export const titleOf = (viewpoint: Viewpoint, title: string | null | undefined, names: string[]) =>
  viewpoint === 'party_a' && title ? title : names.join(' – ');

/** The reply to one viewer. What is not his is not left out by the page: it is not in the reply. */
export function toCaseView(facts: CaseFacts, actor: Actor): CaseView {
  const { found, subject } = facts;
  const viewpoint = viewpointOf(actor, subject);
  const isInside = viewpoint !== 'offered';
  return {
    ...rowOf(facts, viewpoint),
    language: found.language,
    viewerIs: viewpoint === 'offered' ? 'mediator' : viewpoint,
    ground: found.ground,
    actions: actionsFor(actor, facts),
    parties: facts.parties.map((party) => partyOf(party, actor, viewpoint)),
    mediator: facts.mediator,
    summary: isInside ? facts.summary : null,
    court: isInside && found.courtId ? { id: found.courtId, caseNumber: found.courtCaseNumber } : null,
    filedAt: iso(found.filedAt),
    contractAt: iso(found.contractAt),
    termEndsAt: iso(found.termEndsAt),
    papers: facts.papers.map(({ id, kind, frozen, concluded, superseded, confirmedByViewer }) => ({
      id,
      kind,
      frozen,
      concluded,
      superseded,
      confirmedByViewer,
    })),
    desk: viewpoint === 'coordinator' ? deskOf(facts, actor) : null,
    claim: viewpoint === 'party_a' || viewpoint === 'mediator' ? claimOf(facts) : null,
  };
}

function rowOf({ found, parties, application, dueAt }: CaseFacts, viewpoint: Viewpoint): CaseRow {
  const next = nextActor(found.state);
  const names = parties.map(({ name }) => name);
  return {
    id: found.id,
    number: found.number,
    state: found.state,
    category: found.category,
    district: found.district,
    title: titleOf(viewpoint, application?.answers.title, names),
    since: found.stateSince.toISOString(),
    nextActor: next,
    yourTurn: isTurnOf(viewpoint, next),
    dueAt: iso(dueAt),
  };
}

function partyOf(party: PartyFacts, actor: Actor, viewpoint: Viewpoint): CaseView['parties'][number] {
  const { id, side, kind, name, representative, joined, accessibility, interpreter } = party;
  const isViewer = actor.role === 'citizen' && party.personId === actor.id;
  const { email, phone, address } = isViewer || viewpoint === 'coordinator' ? party : { email: null, phone: null, address: null };
  const needs = isViewer || viewpoint === 'coordinator' || viewpoint === 'mediator' ? { accessibility, interpreter } : null;
  const mayEndAttorney = party.byAttorney && (isViewer || viewpoint === 'coordinator');
  return { id, side, kind, name, representative, mayEndAttorney, joined, isViewer, email, phone, address, needs };
}

/** Instead of a mended answer: what the desk asked, its applicant answers here. */
const repliesOf = (application: CaseFacts['application']) =>
  (application?.returnFields ?? []).flatMap(({ field, reply }) => (reply ? [{ field, reply }] : []));

/** The claim as it was written: for the side that wrote it and the mediator who accepted; the desk has it in its own part. */
function claimOf({ application }: CaseFacts): CaseView['claim'] {
  if (!application) return null;
  const { title, claimText, desiredOutcome, amountKzt } = application.answers;
  return { title: title ?? '', claimText: claimText ?? '', desiredOutcome: desiredOutcome ?? '', amountKzt: amountKzt ?? null };
}

function deskOf(facts: CaseFacts, actor: Actor): NonNullable<CaseView['desk']> {
  const { found, application, invitation, offer } = facts;
  const idNumber = facts.parties.find(({ side, kind }) => side === 'A' && kind === 'person')?.idNumber ?? null;
  const numbers = facts.parties.map((party) => party.idNumber);
  const referral = found.door === 'court' ? screenReferral(found.category, numbers, found.rulesOn, found.safeProcess) : null;
  const screening = application ? screenAnswers(application.answers, idNumber, found.rulesOn, found.safeProcess) : referral;
  return {
    needsSafeProcess: found.safeProcess,
    proposal: screening?.proposal ?? 'allow',
    reasons: screening?.reasons ?? [],
    refusalProposedBy: facts.refusalProposedBy,
    refusalCode: found.refusalCode,
    mayConfirmRefusal: found.state === 'SUBMITTED' && found.refusalProposedBy !== null && found.refusalProposedBy !== actor.id,
    application: claimOf(facts),
    replies: found.state === 'RETURNED' ? [] : repliesOf(application),
    invitation: invitation && {
      ...invitation,
      issuedAt: invitation.issuedAt.toISOString(),
      expiresAt: invitation.expiresAt.toISOString(),
    },
    offer: offer && { ...offer, expiresAt: offer.expiresAt.toISOString() },
  };
}

const iso = (at: Date | null) => at?.toISOString() ?? null;
