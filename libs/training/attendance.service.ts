import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, Enrolled, MarkAttendance, SignedIn, TrainingPeople, TrainingView } from '#contract';
import { type Day, dayOf, kazakhstan, plusDays } from '#hours';
import { RegisterService } from '#mediators';
import { Clock, Database, DomainError, newId, record, violated } from '#platform';
import { courseRule, daysNeeded, issuer } from './courses.js';
import { trainingOf } from './training.rows.js';
import { lockTraining } from './trainings.service.js';

type Row = Omit<Enrolled, 'at'> & { at: Date };

/** Who comes, who was there, and who is given a certificate, which goes into the register in the same transaction. */
@Injectable()
export class AttendanceService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly register: RegisterService,
  ) {}

  read(actor: Actor, id: string): Promise<TrainingPeople> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'training.keep', null);
      const training = await requireTraining(tx, id);
      const rows = (await tx.query(people, [id])) as Row[];
      return { training, needed: neededOf(training), people: rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() })) };
    });
  }

  /** Of one day at a time, written anew as often as it is sent; of those alone who have a seat, and not before the day. */
  mark(actor: Actor, id: string, { day, personIds }: MarkAttendance): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'training.keep', null);
      await lockTraining(tx, id);
      const { days } = await requireTraining(tx, id);
      const from = days[day - 1]?.from;
      if (!from || Date.parse(from) > this.clock.now().getTime()) throw new DomainError('invalid', { fields: { day: 'choose' } });
      await tx.query(
        `UPDATE enrolments SET attended = ARRAY(SELECT d FROM unnest(array_remove(attended, $2::smallint) ||
           CASE WHEN person_id = ANY ($3) THEN ARRAY[$2::smallint] ELSE '{}' END) d ORDER BY d)
         WHERE training_id = $1 AND place = 'seat'`,
        [id, day, personIds],
      );
    });
  }

  /** All of them or none: one who was not there enough, or has such a certificate for that time, stops the whole. Asked again, nobody gets a second one. */
  async certify(actor: Actor, id: string, personIds: readonly string[]): Promise<void> {
    try {
      await this.db.transaction(actor, async (tx) => {
        authorize(actor, 'training.keep', null);
        requireSignedIn(actor);
        const { cancelled_at: cancelled } = await lockTraining(tx, id);
        const training = await requireTraining(tx, id);
        if (cancelled || Date.parse(training.days.at(-1)!.to) > this.clock.now().getTime()) throw new DomainError('training.not_attended');
        const rows = (await tx.query(people, [id])) as Row[];
        for (const personId of new Set(personIds)) {
          const row = rows.find((one) => one.personId === personId && one.place === 'seat');
          if (!row || row.attended.length < neededOf(training)) throw new DomainError('training.not_attended');
          if (!row.certificate) await this.issue(tx, actor, training, personId);
        }
      });
    } catch (error) {
      const { certificate } = ((error instanceof DomainError && error.details['fields']) || {}) as { certificate?: string };
      if (violated(error) === 'training_certificates_apart' || certificate === 'certificate_overlaps')
        throw new DomainError('training.certificates_overlap');
      throw error;
    }
  }

  /** Valid from today, or after such a one that is in its last days: of one course there are never two at a time, in the register neither. */
  private async issue(tx: EntityManager, actor: SignedIn, { id, course, field, days }: TrainingView, personId: string) {
    const at = this.clock.now();
    const issuedOn = dayOf(at.getTime(), kazakhstan.zone);
    const rule = courseRule(course, dayOf(Date.parse(days.at(-1)!.to), kazakhstan.zone));
    const from = await this.register.certifiedFrom(tx, personId, { course: rule.register, field });
    const until = plusDays(yearsAfter(from, rule.valid_years), -1);
    const [counted] = (await tx.query('SELECT count(*)::int AS n FROM training_certificates WHERE training_id = $1', [id])) as {
      n: number;
    }[];
    const number = `${issuedOn.slice(0, 4)}-${course.slice(0, 1).toUpperCase()}-${id.slice(-6).toUpperCase()}-${String(counted!.n + 1).padStart(3, '0')}`;
    const validFrom = from === issuedOn ? null : from;
    await this.register.certify(tx, actor, personId, {
      course: rule.register,
      field,
      number,
      issuer,
      issuedOn,
      validFrom,
      validUntil: until,
    });
    await tx.query(
      `INSERT INTO training_certificates (id, number, training_id, person_id, course, field, valid, issued_by, issued_at)
       VALUES ($1, $2, $3, $4, $5, $6, daterange($7, $8, '[]'), $9, $10)`,
      [newId(), number, id, personId, course, field, from, until, actor.id, at],
    );
    await record(tx, actor, { type: 'training.certified', at, data: { trainingId: id, personId, number } });
  }
}

const neededOf = ({ course, days }: TrainingView) =>
  daysNeeded(courseRule(course, dayOf(Date.parse(days.at(-1)!.to), kazakhstan.zone)), days.length);

/** The same day, so many years later; of 29 February the 28th. */
function yearsAfter(day: Day, years: number): Day {
  const moved = `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;
  return new Date(`${moved}T00:00:00Z`).toISOString().slice(0, 10) === moved ? moved : `${moved.slice(0, 8)}28`;
}

async function requireTraining(tx: EntityManager, id: string): Promise<TrainingView> {
  const found = await trainingOf(tx, id);
  if (!found) throw new DomainError('not_found');
  return found;
}

const people = `
  SELECT e.person_id AS "personId", concat_ws(' ', p.surname, p.given, nullif(p.patronymic, '')) AS name, e.place, e.enrolled_at AS at, e.attended,
    (SELECT c.number FROM training_certificates c WHERE c.training_id = e.training_id AND c.person_id = e.person_id) AS certificate
  FROM enrolments e JOIN persons p ON p.id = e.person_id WHERE e.training_id = $1
  ORDER BY array_position(ARRAY['seat', 'waiting', 'left'], e.place),
    CASE WHEN e.place = 'waiting' THEN e.enrolled_at END, p.surname COLLATE "kk-x-icu", p.given COLLATE "kk-x-icu", e.person_id`;
