import { Injectable } from '@nestjs/common';
import { authorize, requireSignedIn } from '#access';
import type { Actor, CertificateView, EnrolmentAnswer, MyTrainings } from '#contract';
import { Clock, Database, DomainError, record } from '#platform';
import { trainingOf, trainingsAfter } from './training.rows.js';

type Mine = { id: string; place: EnrolmentAnswer['place'] };
type Left = { result: 'done' | 'left' | 'closed'; moved_up: string | null };
const yearMs = 366 * 86_400_000;

/** A mediator's own trainings. Of two who press for the last seat one has it and the other waits; a seat that comes free goes to who waits longest. */
@Injectable()
export class EnrolmentsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  list(actor: Actor): Promise<MyTrainings> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'training.own', null);
      requireSignedIn(actor);
      const now = this.clock.now();
      const all = await trainingsAfter(tx, new Date(now.getTime() - yearMs));
      const mine = new Map(((await tx.query(own, [actor.id])) as Mine[]).map((row) => [row.id, row]));
      const certificates = (await tx.query(certificatesOf, [actor.id])) as CertificateView[];
      const trainings = all
        .filter(({ id, days }) => mine.has(id) || Date.parse(days.at(-1)!.to) > now.getTime())
        .map((one) => ({ ...one, mine: mine.get(one.id)?.place ?? null }));
      return { trainings, certificates };
    });
  }

  enrol(actor: Actor, id: string): Promise<EnrolmentAnswer> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'training.own', null);
      requireSignedIn(actor);
      const at = this.clock.now();
      const [before] = (await tx.query('SELECT place FROM enrolments WHERE training_id = $1 AND person_id = $2', [
        id,
        actor.id,
      ])) as EnrolmentAnswer[];
      const [given] = (await tx.query('SELECT enrol_in_training($1, $2) AS place', [id, at])) as {
        place: EnrolmentAnswer['place'] | 'closed' | null;
      }[];
      if (!given?.place) throw new DomainError('not_found');
      if (given.place === 'closed') throw new DomainError('training.closed');
      const { place } = given;
      if (before?.place === place) return { place };
      const startsAt = (await trainingOf(tx, id))!.days[0]!.from;
      await record(tx, actor, { type: 'training.enrolled', at, data: { trainingId: id, personId: actor.id, code: place, startsAt } });
      return { place };
    });
  }

  leave(actor: Actor, id: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'training.own', null);
      requireSignedIn(actor);
      const at = this.clock.now();
      const [left] = (await tx.query('SELECT * FROM leave_training($1, $2)', [id, at])) as Left[];
      if (!left) throw new DomainError('not_found');
      if (left.result === 'closed') throw new DomainError('training.begun');
      if (left.result === 'left') return;
      await record(tx, actor, { type: 'training.left', at, data: { trainingId: id, personId: actor.id } });
      if (!left.moved_up) return;
      const startsAt = (await trainingOf(tx, id))!.days[0]!.from;
      await record(tx, system, { type: 'training.moved_up', at, data: { trainingId: id, personId: left.moved_up, startsAt } });
    });
  }
}
/** It follows from another's leaving, whom the fact does not name. */
const system: Actor = { id: null, role: 'system' };

const own = `SELECT e.training_id AS id, e.place FROM enrolments e WHERE e.person_id = $1 AND e.place <> 'left'`;
const certificatesOf = `
  SELECT number, course, field, lower(valid)::text AS "from", (upper(valid) - 1)::text AS until FROM training_certificates
  WHERE person_id = $1 ORDER BY upper(valid) DESC, number`;
