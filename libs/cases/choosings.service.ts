import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, AnswerChoosing, ChoosingView, Listed, Side } from '#contract';
import { claimNext, Clock, Database, DomainError, newId, record } from '#platform';
import type { Case } from './case.entity.js';
import { findCase, lockCase, subjectOf } from './case.moves.js';
import { askedOf, type Kept, lineFor, listedOf } from './choosing.records.js';
import data from './data/choosing.json' with { type: 'json' };
import { dueAt } from './deadline.rules.js';
import { OffersService } from './offers.service.js';

type Outcome = NonNullable<ChoosingView['desk']>['outcome'];
type Row = { id: string; at: Date; until: Date; outcome: Outcome; listed: Listed[]; mine: AnswerChoosing | null; answered: Side[] };
type Open = { id: string; case_id: string; listed: Listed[] };
const clockwork: Actor = { id: null, role: 'system' };

/**
 * Both sides choose the mediator from one list that both see alike: each strikes whom it does not want and puts the others in its order.
 * What they said is laid side by side by the clockwork alone, when both have answered or their time is over (docs/decisions/0105).
 */
@Injectable()
export class ChoosingsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly offers: OffersService,
  ) {}

  list(actor: Actor, caseId: string): Promise<ChoosingView[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'choosing.read', await subjectOf(tx, await findCase(tx, caseId)));
      const rows = (await tx.query(choosings, [caseId, actor.role === 'citizen' ? actor.id : null])) as Row[];
      return rows.map(({ at, until, outcome, answered, ...row }) => ({
        ...row,
        openedAt: at.toISOString(),
        until: until.toISOString(),
        open: outcome === null,
        desk: actor.role === 'coordinator' ? { answered, outcome } : null,
      }));
    });
  }

  /** The best of those who may, named in no order of merit. Pressed twice, or by two desks, it is one round. */
  open(actor: Actor, caseId: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      requireSignedIn(actor);
      const found = await lockCase(tx, caseId);
      authorize(actor, 'case.offer', await subjectOf(tx, found));
      if (found.state !== 'CONSENTED') throw new DomainError('case.transition_forbidden', { state: found.state, action: 'offer_mediator' });
      const [running] = (await tx.query('SELECT 1 FROM choosings WHERE case_id = $1 AND ended_at IS NULL', [caseId])) as object[];
      if (running) return;
      const listed = await this.listFor(tx, found);
      if (listed.length < 2) throw new DomainError('choosing.too_few');
      const [id, at] = [newId(), this.clock.now()];
      const due = dueAt('CHOOSING_ANSWER', at, found.rulesOn);
      await tx.query(
        'INSERT INTO choosings (id, case_id, listed, seed, opened_by, opened_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [id, caseId, JSON.stringify(listed), id, actor.id, at, due],
      );
      await record(tx, actor, { type: 'choosing.opened', caseId, at, data: { choosingId: id, dueAt: due.toISOString() } });
    });
  }

  /** A side speaks with one voice: whoever of it answers last before it is decided. No fact of the case says that it has. */
  answer(actor: Actor, choosingId: string, given: AnswerChoosing): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      requireSignedIn(actor);
      const [asked] = (await tx.query('SELECT case_id FROM choosings WHERE id = $1', [choosingId])) as Open[];
      if (!asked) throw new DomainError('not_found');
      const found = await lockCase(tx, asked.case_id);
      const subject = await subjectOf(tx, found);
      authorize(actor, 'choosing.answer', subject);
      const at = this.clock.now();
      const [open] = (await tx.query('SELECT listed FROM choosings WHERE id = $1 AND ended_at IS NULL AND due_at >= $2', [
        choosingId,
        at,
      ])) as Open[];
      if (!open) throw new DomainError('choosing.closed');
      requireAll(open.listed, given);
      await tx.query(
        `INSERT INTO choosing_answers (choosing_id, side, struck, ranked, person_id, answered_at) VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (choosing_id, side) DO UPDATE SET struck = excluded.struck, ranked = excluded.ranked, person_id = excluded.person_id,
           answered_at = excluded.answered_at`,
        [choosingId, subject.sideB.includes(actor.id) ? 'B' : 'A', given.struck, given.ranked, actor.id, at],
      );
    });
  }

  /** Both have answered, or their time is over: the case is offered to the first. Any number of workers may sweep at once. */
  async decideDue(limit = 50): Promise<number> {
    let decided = 0;
    while (decided < limit && (await this.decideNext())) decided += 1;
    return decided;
  }

  /** One reminder to each of a side that is silent. The other side hears of nothing. */
  async nudgeDue(limit = 50): Promise<number> {
    let nudged = 0;
    while (nudged < limit && (await this.nudgeNext())) nudged += 1;
    return nudged;
  }

  private decideNext(): Promise<boolean> {
    return this.db.transaction(clockwork, async (tx) => {
      authorize(clockwork, 'case.follow_deadline', null);
      const at = this.clock.now();
      const next = await claimNext<Kept>(tx, due, [at]);
      if (!next) return false;
      const found = await lockCase(tx, next.caseId);
      const { candidates } = await this.offers.ranked(tx, found);
      const { by, order } = await lineFor(tx, next, candidates.map(({ mediatorId }) => mediatorId)); // prettier-ignore
      const asked = await askedOf(tx, found.id);
      const free = order.find((id) => !asked.has(id) && candidates.some(({ mediatorId, eligible }) => mediatorId === id && eligible));
      const code = free ? by : 'nobody';
      await tx.query('UPDATE choosings SET ended_at = $2, outcome = $3 WHERE id = $1', [next.id, at, code]);
      await record(tx, clockwork, { type: 'choosing.decided', caseId: found.id, at, data: { choosingId: next.id, code } });
      if (free) await this.offers.make(tx, clockwork, found, free);
      return true;
    });
  }

  private nudgeNext(): Promise<boolean> {
    return this.db.transaction(clockwork, async (tx) => {
      authorize(clockwork, 'case.follow_deadline', null);
      const at = this.clock.now();
      const before = new Date(at.getTime() + data.nudge_hours * 3_600_000);
      const next = await claimNext<{ id: string; caseId: string; dueAt: Date }>(tx, silent, [at, before]);
      if (!next) return false;
      await tx.query('UPDATE choosings SET nudged_at = $2 WHERE id = $1', [next.id, at]);
      const people = (await tx.query(silentPeople, [next.caseId, next.id])) as { id: string }[];
      for (const { id: personId } of people)
        await record(tx, clockwork, {
          type: 'choosing.nudged',
          caseId: next.caseId,
          at,
          data: { personId, dueAt: next.dueAt.toISOString() },
        });
      return true;
    });
  }

  private async listFor(tx: EntityManager, found: Case): Promise<Listed[]> {
    const asked = await askedOf(tx, found.id);
    const { candidates } = await this.offers.ranked(tx, found);
    return listedOf(tx, candidates.filter(({ mediatorId, eligible }) => eligible && !asked.has(mediatorId)).slice(0, data.listed)); // prettier-ignore
  }
}

/** Everybody of the list is either struck or has a place, and nobody else is. */
function requireAll(listed: readonly Listed[], { struck, ranked }: AnswerChoosing) {
  const said = [...struck, ...ranked];
  const isWhole = said.length === listed.length && new Set(said).size === said.length && listed.every(({ id }) => said.includes(id));
  if (!isWhole) throw new DomainError('invalid', { fields: { ranked: 'choose' } });
}

const choosings = `
  SELECT c.id, c.opened_at AS at, c.due_at AS until, c.outcome, c.listed, choosing_sides(c.id) AS answered,
    (SELECT json_build_object('struck', a.struck, 'ranked', a.ranked) FROM choosing_answers a JOIN parties p ON p.case_id = c.case_id AND p.side = a.side
      WHERE a.choosing_id = c.id AND p.person_id = $2 LIMIT 1) AS mine
  FROM choosings c WHERE c.case_id = $1 ORDER BY c.opened_at DESC, c.id DESC`;
const due = `
  SELECT h.id, h.case_id AS "caseId", h.listed, h.seed FROM choosings h JOIN cases c ON c.id = h.case_id
  WHERE h.ended_at IS NULL AND c.state = 'CONSENTED'
    AND (h.due_at < $1 OR (SELECT count(*) FROM choosing_answers a WHERE a.choosing_id = h.id) = 2)
  ORDER BY h.due_at, h.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED`;
const silent = `
  SELECT h.id, h.case_id AS "caseId", h.due_at AS "dueAt" FROM choosings h JOIN cases c ON c.id = h.case_id
  WHERE h.ended_at IS NULL AND h.nudged_at IS NULL AND h.due_at >= $1 AND h.due_at <= $2
  ORDER BY h.due_at, h.id LIMIT 1 FOR UPDATE OF c SKIP LOCKED`;
const silentPeople = `
  SELECT DISTINCT p.person_id AS id FROM parties p WHERE p.case_id = $1 AND p.person_id IS NOT NULL
    AND NOT EXISTS (SELECT 1 FROM choosing_answers a WHERE a.choosing_id = $2 AND a.side = p.side) ORDER BY 1`;
