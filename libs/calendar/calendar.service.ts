import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import { Case, type KnownCase, lockCase, subjectOf } from '#cases';
import { type Actor, type CancelMeeting, liveStates, type ProposeMeeting, type Schedule, type SignedIn } from '#contract';
import { Throttle } from '#people';
import { Clock, Database, DomainError, record } from '#platform';
import { book } from './booking.js';
import { HoursFinder } from './hours.finder.js';
import { askToMove, callOff, findMeeting, requireCancels, requireMoves } from './meeting.moves.js';
import {
  addProposal,
  agreedSlots,
  answerSlot,
  closeOverdue,
  closeProposal,
  findProposal,
  isHopeLeft,
  isOneOpen,
  isProposed,
  type Proposal,
  slotsAnswered,
} from './proposal.rows.js';
import { type Slot, slotsOf } from './proposed.slots.js';
import { scheduleOf } from './schedule.view.js';

type Planned = { found: Case; subject: KnownCase };

/** Hours of a case: proposed by one or found by the cabinet, accepted by all, booked once; moved and called off. */
@Injectable()
export class CalendarService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly finder: HoursFinder,
    private readonly throttle: Throttle,
  ) {}

  schedule(actor: Actor, caseId: string): Promise<Schedule> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      await mayPlan(tx, actor, await tx.findOne(Case, { where: { id: caseId } }));
      return scheduleOf(tx, actor, caseId, this.clock.now());
    });
  }

  /**
   * One to three hours by hand, or found; the proposer accepts them by proposing. A counter closes what it answers. The id is the
   * browser's: sent twice, it proposes once.
   */
  propose(actor: Actor, caseId: string, asked: ProposeMeeting): Promise<Schedule> {
    requireSignedIn(actor);
    const { id, mode, weeks = 1, moves = null, ground, counters } = asked;
    return this.db.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const { found } = await lockToPlan(tx, actor, caseId);
      if (await isProposed(tx, id, caseId, actor)) return scheduleOf(tx, actor, caseId, now);
      requireLive(found);
      if (moves) await requireMoves(tx, actor, { meetingId: moves, caseId, at: now });
      const slots = await this.slotsFor(tx, actor, found, asked);
      await closeOverdue(tx, caseId, now);
      if (counters) await counter(tx, actor, { id: counters, caseId, at: now });
      if (await isOneOpen(tx, caseId)) throw new DomainError('conflict');
      await addProposal(tx, actor, { id, caseId, mode, slots, weeks, found: !asked.slots, moves, at: now });
      if (moves && ground) await askToMove(tx, actor, { meetingId: moves, caseId, proposalId: id, ground, at: now });
      await record(tx, actor, { type: 'meeting.proposed', caseId, at: now, data: { proposalId: id } });
      return scheduleOf(tx, actor, caseId, now);
    });
  }

  /** The hours one accepts; none declines them all. The last acceptance books; an hour that everybody could take is booked once. */
  answer(actor: Actor, proposalId: string, acceptedSlotIds: string[]): Promise<Schedule> {
    requireSignedIn(actor);
    const accepted = acceptedSlotIds.map((id) => id.toLowerCase());
    return this.db.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const { caseId } = await findProposal(tx, proposalId);
      const { found, subject } = await lockToPlan(tx, actor, caseId);
      const proposal = await findProposal(tx, proposalId);
      const slots = await slotsAnswered(tx, actor, proposalId);
      if (accepted.some((id) => !slots.has(id))) throw new DomainError('invalid', { fields: { acceptedSlotIds: 'invalid' } });
      const isRepeat = [...slots].every(([id, answer]) => answer === accepted.includes(id));
      if (proposal.closed || proposal.expiresAt <= now) {
        if (!isRepeat || !proposal.closed) throw new DomainError('meeting.expired');
        return scheduleOf(tx, actor, caseId, now);
      }
      requireLive(found);
      for (const slotId of slots.keys()) await answerSlot(tx, actor, { slotId, caseId, accepts: accepted.includes(slotId), at: now });
      await this.settle(tx, actor, proposal, subject);
      return scheduleOf(tx, actor, caseId, now);
    });
  }

  /** Any participant may call a coming meeting off, or the rest of its series, a fair number of times; asked twice, it is called off once. */
  cancel(actor: Actor, meetingId: string, { ground = 'personal', series = false }: Partial<CancelMeeting> = {}): Promise<Schedule> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const { caseId } = await findMeeting(tx, meetingId);
      await lockToPlan(tx, actor, caseId);
      const { startsAt, cancelled } = await findMeeting(tx, meetingId);
      if (!cancelled) {
        if (startsAt <= now) throw new DomainError('meeting.in_past');
        await requireCancels(tx, actor, caseId);
        await callOff(tx, actor, { meetingId, caseId, ground, series, at: now });
      }
      return scheduleOf(tx, actor, caseId, now);
    });
  }

  /** By hand as they are; or the three that suit all. A party may not search without end: many answers would draw the other side's week. */
  private async slotsFor(
    tx: EntityManager,
    actor: SignedIn,
    found: Case,
    { mode, slots, minutes, weeks = 1, moves }: ProposeMeeting,
  ): Promise<Slot[]> {
    if (slots) return slotsOf(slots, weeks, this.clock.now());
    if (actor.role !== 'mediator') await this.throttle.spend('hours_search.person', actor.id);
    const { hours } = await this.finder.search(tx, found, { mode, minutes: minutes ?? 60, weeks }, moves ?? null);
    if (hours.length === 0) throw new DomainError('meeting.no_common_hour');
    return hours.map(({ from, to }) => ({ from: new Date(from), to: new Date(to) }));
  }

  /** Every party and the mediator accepted one hour: booked. No hour is left that nobody declined: closed. Else it waits. */
  private async settle(tx: EntityManager, actor: SignedIn, { id, caseId, mode, weeks, found, moves }: Proposal, subject: KnownCase) {
    const at = this.clock.now();
    const partyIds = [...subject.sideA, ...subject.sideB];
    const mediatorId = subject.mediatorId!;
    const agreed = await agreedSlots(tx, id, [...partyIds, mediatorId], at);
    if (agreed.length > 0) {
      if (moves && (await findMeeting(tx, moves)).cancelled) throw new DomainError('meeting.expired');
      const read = (within: { from: number; to: number }) => this.finder.times(tx, caseId, within, moves);
      const [first] = await book(tx, { caseId, proposalId: id, mode, mediatorId, partyIds, weeks, found, moves, at }, agreed, read);
      await closeProposal(tx, id, 'booked', at);
      const { meetingId, seriesId, startsAt, endsAt, sequence } = first!;
      const data = {
        meetingId,
        startsAt: startsAt.toISOString(),
        endsAt: endsAt.toISOString(),
        sequence,
        ...(seriesId ? { seriesId, weeks } : {}),
      };
      await record(tx, actor, { type: moves ? 'meeting.moved' : 'meeting.booked', caseId, at, data });
    } else if (!(await isHopeLeft(tx, id))) {
      await closeProposal(tx, id, 'declined', at);
      await record(tx, actor, { type: 'meeting.declined', caseId, at, data: { proposalId: id } });
    }
  }
}

/** The case, held: bookings, cancellations and the end of a case come one after another. */
const lockToPlan = async (tx: EntityManager, actor: SignedIn, caseId: string) => mayPlan(tx, actor, await lockCase(tx, caseId));

async function mayPlan(tx: EntityManager, actor: SignedIn, found: Case | null): Promise<Planned> {
  if (!found) throw new DomainError('not_found');
  const subject = await subjectOf(tx, found);
  authorize(actor, 'meeting.plan', subject);
  return { found, subject };
}

function requireLive({ state }: Case) {
  if (!(liveStates as readonly string[]).includes(state)) throw new DomainError('case.transition_forbidden', { state });
}

/** Other hours instead of those that were asked about. One's own proposal is withdrawn the same way. */
async function counter(tx: EntityManager, actor: SignedIn, { id, caseId, at }: { id: string; caseId: string; at: Date }) {
  const countered = await findProposal(tx, id);
  if (countered.caseId !== caseId) throw new DomainError('not_found');
  if (countered.closed) throw new DomainError('meeting.expired');
  await closeProposal(tx, id, countered.proposedBy === actor.id ? 'withdrawn' : 'countered', at);
}
