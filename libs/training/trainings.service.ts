import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, Language, MoveTraining, PlanTraining, TrainingView } from '#contract';
import { dayOf, icsOf, kazakhstan } from '#hours';
import { translate } from '#language';
import { Clock, Database, DomainError, record, violated } from '#platform';
import { courseRule } from './courses.js';
import { trainingOf, trainingsAfter } from './training.rows.js';

const dayMs = 86_400_000;
const visitor: Actor = { id: null, role: 'visitor' };

/** What trainings there are: announced to everybody, planned and called off by the desk. */
@Injectable()
export class TrainingsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** What is coming and what has just been; a training that was called off stays, and says so. */
  list(): Promise<TrainingView[]> {
    return this.db.transaction(visitor, (tx) => trainingsAfter(tx, new Date(this.clock.now().getTime() - 30 * dayMs)));
  }

  /** The same for calendars (RFC 5545): one entry a day, none for what was called off. Which disputes it is for is for the page to say. */
  async feed(language: Language): Promise<string> {
    const trainings = (await this.list()).filter(({ cancelled }) => !cancelled);
    const events = trainings.flatMap(({ id, course, days, changes }) =>
      days.map(({ from, to }, at) => ({
        uid: `${id}-${at + 1}@kelisim`,
        sequence: changes,
        stamp: new Date(from),
        from: new Date(from),
        to: new Date(to),
        title: translate(language, `training.course.${course}`),
      })),
    );
    return icsOf('PUBLISH', events, translate(language, 'training.title'));
  }

  /** Asked twice with one id it is planned once. */
  async plan(actor: Actor, { id, course, field, language, place, days, seats, enrolUntil }: PlanTraining): Promise<void> {
    authorize(actor, 'training.keep', null);
    const at = this.clock.now();
    requireOrder(days, enrolUntil, at);
    const { hours } = courseRule(course, dayOf(Date.parse(days[0]!.from), kazakhstan.zone));
    try {
      await this.db.transaction(actor, async (tx) => {
        requireSignedIn(actor);
        if (await trainingOf(tx, id)) return;
        await tx.query(
          `INSERT INTO trainings (id, course, field, language, place, hours, seats, enrol_until, planned_by, planned_at)
           VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
          [id, course, field, language, place, hours, seats, enrolUntil, actor.id, at],
        );
        await addDays(tx, id, days);
        await record(tx, actor, { type: 'training.planned', at, data: { trainingId: id, course } });
      });
    } catch (error) {
      if (violated(error) === 'training_days_apart') throw new DomainError('invalid', { fields: { days: 'overlap' } });
      throw error;
    }
  }

  /** Everybody who has a seat or waits for one is told. */
  cancel(actor: Actor, id: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'training.keep', null);
      const found = await lockTraining(tx, id);
      if (found.cancelled_at) return;
      const at = this.clock.now();
      const view = (await trainingOf(tx, id))!;
      if (Date.parse(view.days[0]!.from) <= at.getTime()) throw new DomainError('training.begun');
      await tx.query('UPDATE trainings SET cancelled_at = $2 WHERE id = $1', [id, at]);
      await this.tell(tx, actor, 'training.cancelled', id, view.days[0]!.from);
    });
  }

  /** Other days or another place, before it begins: everybody who has a seat or waits for one is told, and reminded anew. */
  move(actor: Actor, id: string, { place, days, enrolUntil, changes }: MoveTraining): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'training.keep', null);
      const { cancelled_at: cancelled } = await lockTraining(tx, id);
      const at = this.clock.now();
      const view = (await trainingOf(tx, id))!;
      if (cancelled || Date.parse(view.days[0]!.from) <= at.getTime())
        throw new DomainError(cancelled ? 'training.closed' : 'training.begun');
      requireOrder(days, enrolUntil, at);
      if (isSame(view, { place, days, enrolUntil })) return;
      if (view.changes !== changes) throw new DomainError('stale');
      await tx.query('UPDATE trainings SET place = $2, enrol_until = $3, changes = changes + 1 WHERE id = $1', [id, place, enrolUntil]);
      await tx.query('DELETE FROM training_days WHERE training_id = $1', [id]);
      await addDays(tx, id, days);
      await this.tell(tx, actor, 'training.changed', id, days[0]!.from);
    });
  }

  private async tell(
    tx: EntityManager,
    actor: Actor,
    type: 'training.cancelled' | 'training.changed',
    trainingId: string,
    startsAt: string,
  ) {
    const at = this.clock.now();
    const people = (await tx.query(`SELECT person_id AS id FROM enrolments WHERE training_id = $1 AND place <> 'left' ORDER BY 1`, [
      trainingId,
    ])) as { id: string }[];
    for (const { id: personId } of people) await record(tx, actor, { type, at, data: { trainingId, personId, startsAt } });
  }
}

async function addDays(tx: EntityManager, trainingId: string, days: PlanTraining['days']) {
  for (const [index, { from, to }] of days.entries())
    await tx.query('INSERT INTO training_days (training_id, day, during) VALUES ($1, $2, tstzrange($3, $4))', [
      trainingId,
      index + 1,
      from,
      to,
    ]);
}

function isSame(view: TrainingView, asked: Pick<MoveTraining, 'place' | 'days' | 'enrolUntil'>): boolean {
  const said = ({ place, days, enrolUntil }: Pick<MoveTraining, 'place' | 'days' | 'enrolUntil'>) =>
    JSON.stringify([place, ...[...days.flatMap(({ from, to }) => [from, to]), enrolUntil].map((moment) => Date.parse(moment))]);
  return said(view) === said(asked);
}

/** Days one after another, each with some hours in it; nobody asks for a seat once it has begun. */
function requireOrder(days: PlanTraining['days'], enrolUntil: string, at: Date) {
  const [first] = days;
  const isInOrder = days.every(({ from, to }, index) => from < to && (index === 0 || Date.parse(days[index - 1]!.to) <= Date.parse(from)));
  if (!isInOrder) throw new DomainError('invalid', { fields: { days: 'order' } });
  if (Date.parse(first!.from) <= at.getTime()) throw new DomainError('invalid', { fields: { days: 'past' } });
  if (Date.parse(enrolUntil) > Date.parse(first!.from)) throw new DomainError('invalid', { fields: { enrolUntil: 'order' } });
}

/** The row is held, as by those who ask for a seat. */
export async function lockTraining(tx: EntityManager, id: string): Promise<{ cancelled_at: Date | null }> {
  const [found] = (await tx.query('SELECT cancelled_at FROM trainings WHERE id = $1 FOR UPDATE', [id])) as { cancelled_at: Date | null }[];
  if (!found) throw new DomainError('not_found');
  return found;
}
