import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import { Case, type KnownCase, lockCase, subjectOf } from '#cases';
import { type Actor, liveStates, type ProposeMeeting, type Schedule, type SignedIn } from '#contract';
import { Clock, Database, DomainError, record } from '#platform';
import { type AgreedSlot, book } from './booking.js';
import {
  addProposal,
  answerSlot,
  closeOverdue,
  closeProposal,
  findMeeting,
  findProposal,
  isHopeLeft,
  isOneOpen,
  isProposed,
  type Proposal,
  slotsAnswered,
} from './proposal.rows.js';
import { slotsOf } from './proposed.slots.js';
import { scheduleOf } from './schedule.view.js';

type Planned = { found: Case; subject: KnownCase };

/** Hours of a case: proposed by one, accepted by all, booked once. */
@Injectable()
export class CalendarService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  schedule(actor: Actor, caseId: string): Promise<Schedule> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      await mayPlan(tx, actor, await tx.findOne(Case, { where: { id: caseId } }));
      return scheduleOf(tx, actor, caseId, this.clock.now());
    });
  }

  /** One to three hours; the proposer accepts them by proposing. The id is the browser's: sent twice, it proposes once. */
  propose(actor: Actor, caseId: string, { id, mode, slots: proposed = [] }: ProposeMeeting): Promise<Schedule> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const { found } = await lockToPlan(tx, actor, caseId);
      if (!(await isProposed(tx, id, caseId, actor))) {
        requireLive(found);
        const slots = slotsOf(proposed, now);
        await closeOverdue(tx, caseId, now);
        if (await isOneOpen(tx, caseId)) throw new DomainError('conflict');
        await addProposal(tx, actor, { id, caseId, mode, slots, at: now });
        await record(tx, actor, { type: 'meeting.proposed', caseId, at: now, data: { proposalId: id } });
      }
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
      await settle(tx, actor, proposal, subject, now);
      return scheduleOf(tx, actor, caseId, now);
    });
  }

  /** Any participant may call a coming meeting off; asked twice, it is called off once. */
  cancel(actor: Actor, meetingId: string): Promise<Schedule> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const now = this.clock.now();
      const { caseId } = await findMeeting(tx, meetingId);
      await lockToPlan(tx, actor, caseId);
      const { startsAt, cancelled } = await findMeeting(tx, meetingId);
      if (!cancelled) {
        if (startsAt <= now) throw new DomainError('meeting.in_past');
        await tx.query('UPDATE meetings SET cancelled_at = $2, cancelled_by = $3, sequence = sequence + 1 WHERE id = $1', [
          meetingId,
          now,
          actor.id,
        ]);
        await tx.query('UPDATE bookings SET cancelled_at = $2 WHERE meeting_id = $1 AND cancelled_at IS NULL', [meetingId, now]);
        await record(tx, actor, { type: 'meeting.cancelled', caseId, at: now, data: { meetingId, startsAt: startsAt.toISOString() } });
      }
      return scheduleOf(tx, actor, caseId, now);
    });
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

/** Every party and the mediator accepted one hour: booked. No hour is left that nobody declined: closed. Else it waits. */
async function settle(tx: EntityManager, actor: SignedIn, { id, caseId, mode }: Proposal, subject: KnownCase, at: Date) {
  const partyIds = [...subject.sideA, ...subject.sideB];
  const mediatorId = subject.mediatorId!;
  const agreed = (await tx.query(
    `SELECT s.id, lower(s.during) AS "startsAt" FROM proposal_slots s WHERE s.proposal_id = $1 AND lower(s.during) > $3
       AND NOT EXISTS (SELECT 1 FROM unnest($2::uuid[]) who WHERE NOT EXISTS
         (SELECT 1 FROM slot_answers a WHERE a.slot_id = s.id AND a.person_id = who AND a.accepts)) ORDER BY lower(s.during), s.id`,
    [id, [...partyIds, mediatorId], at],
  )) as AgreedSlot[];
  if (agreed.length > 0) {
    const { meetingId, startsAt } = await book(tx, { caseId, proposalId: id, mode, mediatorId, partyIds, at }, agreed);
    await closeProposal(tx, id, 'booked', at);
    await record(tx, actor, { type: 'meeting.booked', caseId, at, data: { meetingId, startsAt: startsAt.toISOString() } });
  } else if (!(await isHopeLeft(tx, id))) {
    await closeProposal(tx, id, 'declined', at);
    await record(tx, actor, { type: 'meeting.declined', caseId, at, data: { proposalId: id } });
  }
}
