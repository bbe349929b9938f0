import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, CallCouncil, CouncilMeeting, CouncilTask, EndTask, SetTask, WriteMinutes } from '#contract';
import { dayOf, instantOf, kazakhstan, plusDays } from '#hours';
import { Clock, Database, DomainError, newId, record } from '#platform';

type MeetingRow = Omit<CouncilMeeting, 'startsAt' | 'heldAt' | 'items' | 'tasks'> & { startsAt: Date; heldAt: Date | null };
type ItemRow = CouncilMeeting['items'][number] & { meetingId: string };
type TaskRow = Omit<CouncilTask, 'doneAt' | 'overdue'> & { meetingId: string; dueAt: Date; doneAt: Date | null };

/** How long before its end a task is recalled. */
const remindDays = 3;

/** Meetings of the Coordinating Council: the desk calls them and writes down what was decided; the council reads and says what is done. */
@Injectable()
export class CouncilService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  list(actor: Actor): Promise<CouncilMeeting[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'council.read', null);
      return this.all(tx);
    });
  }

  call(actor: Actor, { startsAt, place, topics, materials, period }: CallCouncil): Promise<CouncilMeeting[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'council.keep', null);
      requireSignedIn(actor);
      const [id, at] = [newId(), this.clock.now()];
      if (new Date(startsAt) < at) throw new DomainError('invalid', { fields: { startsAt: 'past' } });
      await tx.query(
        'INSERT INTO council_meetings (id, starts_at, place, materials, period, called_by, called_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [id, startsAt, place, materials, period ?? null, actor.id, at],
      );
      await tx.query(
        `INSERT INTO council_items (meeting_id, no, topic) SELECT $1, t.no, t.topic FROM unnest($2::text[]) WITH ORDINALITY AS t (topic, no)`,
        [id, topics],
      );
      await record(tx, actor, { type: 'council.meeting_called', at, data: { meetingId: id, startsAt } });
      return this.all(tx);
    });
  }

  /** Once the hour has come. Written again, the later words count; that it was held stays. */
  write(actor: Actor, id: string, { attended, decisions }: WriteMinutes): Promise<CouncilMeeting[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'council.keep', null);
      const at = this.clock.now();
      const found = await meetingOf(tx, id);
      if (found.startsAt > at) throw new DomainError('meeting.not_now');
      await tx.query('UPDATE council_meetings SET held_at = coalesce(held_at, $2), attended = $3 WHERE id = $1', [id, at, attended]);
      for (const { no, decision } of decisions)
        await tx.query('UPDATE council_items SET decision = $3 WHERE meeting_id = $1 AND no = $2', [id, no, decision || null]);
      await record(tx, actor, { type: 'council.meeting_held', at, data: { meetingId: id } });
      return this.all(tx);
    });
  }

  /** Until the end of its day, by the clock of Kazakhstan. */
  setTask(actor: Actor, meetingId: string, { task, responsible, dueOn }: SetTask): Promise<CouncilMeeting[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'council.keep', null);
      requireSignedIn(actor);
      const at = this.clock.now();
      await meetingOf(tx, meetingId);
      if (dueOn < dayOf(at.getTime(), kazakhstan.zone)) throw new DomainError('invalid', { fields: { dueOn: 'past' } });
      const ends = (day: string) => new Date(instantOf(plusDays(day, 1), '00:00', kazakhstan.zone));
      await tx.query(
        `INSERT INTO council_tasks (id, meeting_id, task, responsible, due_on, due_at, remind_at, set_by, set_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`,
        [newId(), meetingId, task, responsible, dueOn, ends(dueOn), ends(plusDays(dueOn, -remindDays - 1)), actor.id, at],
      );
      return this.all(tx);
    });
  }

  endTask(actor: Actor, id: string, { outcome }: EndTask): Promise<CouncilMeeting[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'council.read', null);
      requireSignedIn(actor);
      const at = this.clock.now();
      const [, ended] = (await tx.query(
        'UPDATE council_tasks SET done_at = $2, done_by = $3, outcome = $4 WHERE id = $1 AND done_at IS NULL',
        [id, at, actor.id, outcome || null],
      )) as [unknown, number];
      if (ended === 0) throw new DomainError('not_found');
      await record(tx, actor, { type: 'council.task_done', at, data: { taskId: id } });
      return this.all(tx);
    });
  }

  private async all(tx: EntityManager): Promise<CouncilMeeting[]> {
    const meetings = (await tx.query(
      `SELECT id, starts_at AS "startsAt", place, materials, period, held_at AS "heldAt", attended FROM council_meetings ORDER BY starts_at DESC, id LIMIT 60`,
    )) as MeetingRow[];
    const ids = meetings.map(({ id }) => id);
    const items = (await tx.query(
      'SELECT meeting_id AS "meetingId", no, topic, decision FROM council_items WHERE meeting_id = ANY ($1) ORDER BY no',
      [ids],
    )) as ItemRow[];
    const tasks = (await tx.query(
      `SELECT id, meeting_id AS "meetingId", task, responsible, due_on::text AS "dueOn", due_at AS "dueAt", done_at AS "doneAt", outcome
       FROM council_tasks WHERE meeting_id = ANY ($1) ORDER BY due_on, id`,
      [ids],
    )) as TaskRow[];
    const now = this.clock.now();
    return meetings.map((meeting) => ({
      ...meeting,
      startsAt: meeting.startsAt.toISOString(),
      heldAt: meeting.heldAt?.toISOString() ?? null,
      items: items.filter(({ meetingId }) => meetingId === meeting.id).map(({ no, topic, decision }) => ({ no, topic, decision })),
      tasks: tasks.filter(({ meetingId }) => meetingId === meeting.id).map((task) => taskView(task, now)),
    }));
  }
}

const taskView = ({ id, task, responsible, dueOn, dueAt, doneAt, outcome }: TaskRow, now: Date): CouncilTask => ({
  id,
  task,
  responsible,
  dueOn,
  doneAt: doneAt?.toISOString() ?? null,
  outcome,
  overdue: (doneAt ?? now) >= dueAt,
});

async function meetingOf(tx: EntityManager, id: string) {
  const [found] = (await tx.query('SELECT starts_at AS "startsAt" FROM council_meetings WHERE id = $1', [id])) as { startsAt: Date }[];
  if (!found) throw new DomainError('not_found');
  return found;
}
