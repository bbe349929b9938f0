import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize } from '#access';
import { rank, rulesOf } from '#assignment';
import type { Actor, AnswerOffer, Candidate, OfferView } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import { type MarkedTies, MediatorsService, noTies, tiesIn } from '#mediators';
import { Clock, Database, DomainError, Keys, newId } from '#platform';
import { inputsOf } from './assignment.facts.js';
import { keepAssignment } from './assignments.service.js';
import { type Batch, chosenIn, keepBatch } from './batch.records.js';
import { CaseEffects } from './case.effects.js';
import type { Case } from './case.entity.js';
import { askedOf, followersOf } from './choosing.records.js';
import { findCase, isNew, lockCase, moveCase, subjectOf } from './case.moves.js';
import { deadlineRule, dueAt } from './deadline.rules.js';
import { disclose } from './disclosures.service.js';
import { partyName } from './invitation.records.js';
import { needsOf } from './mediator.needs.js';

type Offer = { id: string; case_id: string; mediator_id: string; expires_at: Date; answer: string | null };
type OpenOffer = Omit<OfferView, 'offeredAt' | 'expiresAt' | 'hints'> & { offeredAt: Date; expiresAt: Date };
type Declaration = Extract<AnswerOffer, { answer: 'accepted' }>['declaration'];

/** The desk offers a case to a mediator, who judges the conflict of interest before anything else of it can be read. */
@Injectable()
export class OffersService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly effects: CaseEffects,
    private readonly mediators: MediatorsService,
    private readonly keys: Keys,
  ) {}

  candidates(actor: Actor, caseId: string): Promise<Candidate[]> {
    return this.db.transaction(actor, async (tx) => {
      const found = await findCase(tx, caseId);
      authorize(actor, 'case.offer', await subjectOf(tx, found));
      return (await this.ranked(tx, found)).candidates;
    });
  }

  /** For a whole pile at once: the best choice of all together, not one after another. Kept, and named: what is offered later is what was seen. */
  batch(actor: Actor, caseIds: readonly string[]): Promise<Batch | null> {
    return this.db.transaction(actor, async (tx) => {
      const all = [];
      for (const caseId of caseIds) {
        const found = await findCase(tx, caseId);
        authorize(actor, 'case.offer', await subjectOf(tx, found));
        all.push((await this.ranked(tx, found)).inputs);
      }
      return all.length > 0 ? keepBatch(tx, all, actor, this.clock.now()) : null;
    });
  }

  /** As they stand in the register. */
  names(actor: Actor, mediatorIds: readonly string[]): Promise<Map<string, string>> {
    return this.db.transaction(actor, async (tx) => {
      const cards = await Promise.all([...new Set(mediatorIds)].map((id) => this.mediators.cardOf(tx, id)));
      return new Map(cards.flatMap((card) => (card ? [[card.id, card.name] as const] : [])));
    });
  }

  /** The case's row is held, then the mediator's: of two desks at once one offers, and a mediator with one place left gets one. */
  offer(actor: Actor, caseId: string, mediatorId: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, 'case.offer', await subjectOf(tx, found));
      if (!(await isNew(tx, actor, found, 'offer_mediator'))) return this.requireSame(tx, found, mediatorId);
      await this.make(tx, actor, found, mediatorId);
    });
  }

  /** As it was chosen for the whole pile. Of two desks that chose for the same case the first offers, whomever the other chose. */
  offerChosen(actor: Actor, caseId: string, batchId: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      const found = await lockCase(tx, caseId);
      authorize(actor, 'case.offer', await subjectOf(tx, found));
      const mediatorId = await chosenIn(tx, batchId, found, this.clock.now());
      if (!(await isNew(tx, actor, found, 'offer_mediator'))) throw new DomainError('case.already_decided', { state: found.state });
      await this.make(tx, actor, found, mediatorId, batchId);
    });
  }

  /**
   * After somebody declined, or did not answer in time, the next one in the list is offered the case without anybody pressing anything: whoever has
   * been asked for this case is not asked again. Where nobody is left, it stays with the desk and is tried again after a while, behind those never
   * tried, so that it holds up none of them. Returns how many were offered.
   */
  async followDeclined(limit = 50): Promise<number> {
    const passed: string[] = [];
    let offered = 0;
    while (passed.length < limit) {
      const next = await this.db.transaction(clockwork, (tx) => this.followNext(tx, passed));
      if (!next) break;
      passed.push(next.caseId);
      if (next.isOffered) offered += 1;
    }
    return offered;
  }

  /** What waits for this mediator's answer: category, district and names, so that a conflict can be seen. */
  list(actor: Actor): Promise<OfferView[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'offer.list', null);
      const rows = (await tx.query(openOffers, [actor.id, this.clock.now()])) as OpenOffer[];
      const hints = new Map<string, OfferView['hints']>();
      for (const { caseId } of rows) hints.set(caseId, (await this.tiesOf(tx, await findCase(tx, caseId), actor.id)).hints);
      return rows.map((row) => ({
        ...row,
        offeredAt: row.offeredAt.toISOString(),
        expiresAt: row.expiresAt.toISOString(),
        hints: hints.get(row.caseId) ?? [],
      }));
    });
  }

  answer(actor: Actor, offerId: string, given: AnswerOffer): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      const asked = await findOffer(tx, actor, offerId);
      if (asked.answer === given.answer) return;
      if (given.answer === 'disclosed') return this.disclose(tx, actor, asked, given);
      // Whoever waited here while the same answer was given no longer sees the case: the offer tells that it was the same.
      const found = await lockCase(tx, asked.case_id).catch((error: unknown) =>
        error instanceof DomainError ? null : Promise.reject(error),
      );
      const offer = await findOffer(tx, actor, offerId);
      if (offer.answer === given.answer) return;
      if (!found) throw new DomainError('not_found');
      if (offer.answer === 'expired') throw new DomainError('offer.expired');
      if (offer.answer) throw new DomainError('case.already_decided');
      authorize(actor, 'offer.answer', await subjectOf(tx, found));
      if (offer.expires_at < this.clock.now()) throw new DomainError('offer.expired');
      await (given.answer === 'accepted' ? this.accept(tx, actor, found, offer, given.declaration) : this.decline(tx, actor, found, offer));
    });
  }

  /** By the sweep of deadlines: silence gives the case back to the desk and says nothing of the mediator. */
  async expire(tx: EntityManager, actor: Actor, found: Case, at: Date): Promise<void> {
    const [[offer]] = (await tx.query(
      `UPDATE offers SET answered_at = $2, answer = 'expired' WHERE case_id = $1 AND answered_at IS NULL RETURNING id`,
      [found.id, at],
    )) as [[{ id: string } | undefined], number];
    const data = { offerId: offer?.id ?? null };
    await moveCase(tx, actor, found, 'expire_offer', { at, event: 'offer.expired', effects: this.effects, data });
  }

  /** The register is asked again: whoever lost his standing meanwhile takes no case. */
  private async accept(tx: EntityManager, actor: Actor, found: Case, offer: Offer, declaration: Declaration) {
    const { mustDisclose, hasAdvised: advised } = await this.requireClear(tx, found, offer, declaration);
    if (mustDisclose) throw new DomainError('mediator.conflict', { conflicts: [advised ? 'advised' : 'disclose'] });
    const at = this.clock.now();
    found.mediatorId = offer.mediator_id;
    await moveCase(tx, actor, found, 'accept_offer', { at, event: 'offer.accepted', effects: this.effects, data: { offerId: offer.id } });
    await close(tx, offer.id, 'accepted', at, declaration);
  }

  /** Something that all parties have to accept first: the offer stays open while they are asked, and the case stays closed to him. */
  private async disclose(tx: EntityManager, actor: Actor, asked: Offer, { declaration, words }: Disclosed) {
    const found = await lockCase(tx, asked.case_id);
    const offer = await findOffer(tx, actor, asked.id);
    if (offer.answer) throw new DomainError(offer.answer === 'expired' ? 'offer.expired' : 'case.already_decided');
    authorize(actor, 'offer.answer', await subjectOf(tx, found));
    if (offer.expires_at < this.clock.now()) throw new DomainError('offer.expired');
    await this.requireClear(tx, found, offer, declaration);
    await disclose(tx, this.keys, actor, { found, offerId: offer.id, declaration, words, at: this.clock.now() });
  }

  private async requireClear(tx: EntityManager, found: Case, offer: Offer, declaration: Declaration) {
    const conflicts = Object.keys(declaration).filter((question) => declaration[question as keyof Declaration]);
    if (conflicts.length > 0) throw new DomainError('mediator.conflict', { conflicts });
    const ties = await this.tiesOf(tx, found, offer.mediator_id);
    if (ties.bars) throw new DomainError('mediator.conflict', { conflicts: ['tied'] });
    await this.mediators.requireStanding(tx, offer.mediator_id, await needsOf(tx, found), this.today());
    const hasAdvisedOne = await hasAdvised(tx, found.id);
    return { mustDisclose: ties.mustDisclose || hasAdvisedOne, hasAdvised: hasAdvisedOne };
  }

  private ties(tx: EntityManager, found: Case): Promise<MarkedTies> {
    return tiesIn(tx, found.id, this.today(), deadlineRule('COI_LOOKBACK', found.rulesOn).value);
  }

  private async tiesOf(tx: EntityManager, found: Case, mediatorId: string | null) {
    return (await this.ties(tx, found)).get(mediatorId ?? '') ?? noTies;
  }

  /** The case is moved first: once the offer is answered, its mediator no longer sees the case. */
  private async decline(tx: EntityManager, actor: Actor, found: Case, offer: Offer) {
    const at = this.clock.now();
    await moveCase(tx, actor, found, 'decline_offer', { at, event: 'offer.declined', effects: this.effects, data: { offerId: offer.id } });
    await close(tx, offer.id, 'declined', at, null);
  }

  private async followNext(tx: EntityManager, passed: string[]): Promise<{ caseId: string; isOffered: boolean } | null> {
    const [next] = (await tx.query(declined, [passed, new Date(this.clock.now().getTime() - triedAgainAfterMs)])) as { id: string }[];
    if (!next) return null;
    const found = await lockCase(tx, next.id);
    authorize(clockwork, 'case.follow_deadline', null);
    const asked = await askedOf(tx, found.id);
    const followers = await followersOf(tx, found.id, (await this.ranked(tx, found)).candidates);
    const free = followers.find(({ mediatorId, eligible }) => eligible && !asked.has(mediatorId));
    if (free) await this.make(tx, clockwork, found, free.mediatorId);
    else await tx.query(tried, [found.id, this.clock.now()]);
    return { caseId: found.id, isOffered: Boolean(free) };
  }

  /** The mediator's row is held, the list is made as it stands now, and both are kept with the offer. */
  async make(tx: EntityManager, actor: Actor, found: Case, mediatorId: string, batchId: string | null = null) {
    const ties = await this.ties(tx, found);
    await this.mediators.lockEligible(tx, mediatorId, await needsOf(tx, found), this.today(), ties.get(mediatorId));
    const { inputs, ranked } = await this.ranked(tx, found);
    const [id, at] = [newId(), this.clock.now()];
    await tx.query('INSERT INTO offers (id, case_id, mediator_id, offered_by, offered_at, expires_at) VALUES ($1, $2, $3, $4, $5, $6)', [
      id,
      found.id,
      mediatorId,
      actor.id,
      at,
      dueAt('MEDIATOR_ANSWER', at, found.rulesOn),
    ]);
    await keepAssignment(tx, found.id, { offerId: id, mediatorId, inputs, ranked, by: actor.id, at, batchId });
    await moveCase(tx, actor, found, 'offer_mediator', { at, event: 'offer.made', effects: this.effects, data: { offerId: id } });
  }

  /** Everybody in the register for this case, in the order of the rules, with what speaks for each. */
  async ranked(tx: EntityManager, found: Case) {
    const [needs, ties] = [await needsOf(tx, found), await this.ties(tx, found)];
    const register = await this.mediators.candidates(tx, needs, this.today(), ties);
    const inputs = await inputsOf(tx, found, { needs, candidates: register, ties, at: this.clock.now() });
    const ranked = rank(inputs, rulesOf(inputs.rules));
    const by = new Map(register.map((one) => [one.mediatorId, one]));
    const candidates: Candidate[] = ranked.map(({ mediatorId, terms, total }) => ({ ...by.get(mediatorId)!, terms, total }));
    return { inputs, ranked, candidates };
  }

  private async requireSame(tx: EntityManager, found: Case, mediatorId: string) {
    const [open] = (await tx.query('SELECT mediator_id FROM offers WHERE case_id = $1 AND answered_at IS NULL', [found.id])) as Offer[];
    if (open?.mediator_id !== mediatorId) throw new DomainError('case.already_decided', { state: found.state });
  }

  private today() {
    return dayOf(this.clock.now().getTime(), kazakhstan.zone);
  }
}

type Disclosed = Extract<AnswerOffer, { answer: 'disclosed' }>;

/** A mediator on duty who answered one side's question takes a case of theirs only when all parties accept it, told by himself (design, section 5). Asked as himself: nobody else learns of it before. */
async function hasAdvised(tx: EntityManager, caseId: string): Promise<boolean> {
  const rows = (await tx.query(
    'SELECT 1 FROM consultations c JOIN parties p ON p.person_id = c.asker_id WHERE p.case_id = $1 AND c.mediator_id = current_person() AND c.taken_at IS NOT NULL',
    [caseId],
  )) as object[];
  return rows.length > 0;
}

/** One's own offer; the desk, which sees them all, answers none. */
async function findOffer(tx: EntityManager, actor: Actor, id: string): Promise<Offer> {
  const [offer] = (await tx.query('SELECT id, case_id, mediator_id, expires_at, answer FROM offers WHERE id = $1 AND mediator_id = $2', [
    id,
    actor.role === 'mediator' ? actor.id : null,
  ])) as Offer[];
  if (!offer) throw new DomainError('not_found');
  return offer;
}

const close = (tx: EntityManager, id: string, answer: 'accepted' | 'declined', at: Date, declaration: Declaration | null) =>
  tx.query('UPDATE offers SET answered_at = $2, answer = $3, declaration = $4 WHERE id = $1', [
    id,
    at,
    answer,
    declaration && JSON.stringify(declaration),
  ]);

const clockwork: Actor = { id: null, role: 'system' };
const triedAgainAfterMs = 10 * 60_000;
/** Whose last offer was declined or ran out. For whom nobody was found since then comes last, and not again before $2. */
const declined = `
  SELECT c.id FROM cases c JOIN LATERAL (SELECT o.answer, o.answered_at FROM offers o WHERE o.case_id = c.id ORDER BY o.offered_at DESC, o.id DESC LIMIT 1) o ON true
    LEFT JOIN follow_tries t ON t.case_id = c.id AND t.tried_at > c.state_since
  WHERE c.state = 'CONSENTED' AND o.answer IN ('declined', 'expired') AND o.answered_at = c.state_since AND c.id <> ALL ($1)
    AND (t.tried_at IS NULL OR t.tried_at <= $2)
  ORDER BY t.tried_at NULLS FIRST, c.state_since, c.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED`;

const tried =
  'INSERT INTO follow_tries (case_id, tried_at) VALUES ($1, $2) ON CONFLICT (case_id) DO UPDATE SET tried_at = excluded.tried_at';

const openOffers = `
  SELECT o.id, o.case_id AS "caseId", EXISTS (SELECT 1 FROM disclosures d WHERE d.offer_id = o.id AND d.outcome IS NULL) AS disclosed, c.category, c.district, o.offered_at AS "offeredAt", o.expires_at AS "expiresAt",
    (SELECT array_agg(DISTINCT p.language) FROM parties p WHERE p.case_id = c.id) AS languages,
    (SELECT json_agg(json_build_object('side', p.side, 'name', ${partyName('p')}) ORDER BY p.side, p.ordinal)
      FROM parties p WHERE p.case_id = c.id) AS parties
  FROM offers o JOIN cases c ON c.id = o.case_id
  WHERE o.mediator_id = $1 AND o.answered_at IS NULL AND o.expires_at >= $2 ORDER BY o.offered_at, o.id`;
