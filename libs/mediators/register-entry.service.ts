import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, RegisterEntry } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import { Clock, Database, DomainError, record } from '#platform';
import { Mediator } from './mediator.entity.js';
import { openStates } from './mediators.service.js';
import { certificatesOf, noteChange } from './register.records.js';
import { warnedFrom } from './register.rules.js';

/** A mediator's own row of the register: he reads all of it, and of it decides one thing himself, whether the public may find him. */
@Injectable()
export class RegisterEntryService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  read(actor: Actor): Promise<RegisterEntry> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'register.own', null);
      requireSignedIn(actor);
      const found = await tx.findOneBy(Mediator, { personId: actor.id });
      if (!found) throw new DomainError('not_found');
      const { kind, registerNumber, languages, fields, district, capacity, certificateNumber } = found;
      const today = dayOf(this.clock.now().getTime(), kazakhstan.zone);
      return {
        kind,
        registerNumber,
        languages,
        fields,
        district,
        capacity,
        certificateNumber,
        enteredOn: found.registerEntryDate,
        standing: found.standingOn(today),
        certifiedUntil: found.certificateUntil,
        certified: found.isCertifiedOn(today),
        published: found.publishedAt !== null,
        endsSoon: found.kind === 'professional' && found.isCertifiedOn(today) && found.certificateUntil! <= warnedFrom(today),
        certificates: await certificatesOf(tx, actor.id),
        ...(await workOf(tx, actor.id, `${today.slice(0, 4)}-01-01`)),
        absences: await absencesOf(tx, actor.id, this.clock.now()),
      };
    });
  }

  /** More or fewer cases at one time, from now on; what he carries already stays. The desk sees that he has said so. */
  setCapacity(actor: Actor, capacity: number): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'register.own', null);
      requireSignedIn(actor);
      const found = await tx.findOne(Mediator, { where: { personId: actor.id }, lock: { mode: 'pessimistic_write' } });
      if (!found) throw new DomainError('not_found');
      if (found.capacity === capacity) return;
      const at = this.clock.now();
      await tx.update(Mediator, { personId: actor.id }, { capacity, version: found.version + 1 });
      await noteChange(tx, actor.id, actor.id, at, { kind: 'capacity', changes: { capacity: [String(found.capacity), String(capacity)] } });
      await record(tx, actor, { type: 'register.changed', at, data: { personId: actor.id, code: 'capacity' } });
    });
  }

  /** Said twice it is done once, and recorded once. */
  setPublished(actor: Actor, published: boolean): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'register.own', null);
      requireSignedIn(actor);
      const found = await tx.findOne(Mediator, { where: { personId: actor.id }, lock: { mode: 'pessimistic_write' } });
      if (!found) throw new DomainError('not_found');
      if ((found.publishedAt !== null) === published) return;
      const at = this.clock.now();
      await tx.update(Mediator, { personId: actor.id }, { publishedAt: published ? at : null });
      await record(tx, actor, { type: 'person.publication_changed', at, data: { personId: actor.id, published } });
    });
  }
}

type Work = Pick<RegisterEntry, 'openCases' | 'offersWaiting' | 'takenThisYear' | 'endedThisYear'>;

/** What he carries now, an open offer included, as the desk counts it; and his year. A case handed over counts for nobody but its mediator. */
async function workOf(tx: EntityManager, mediatorId: string, since: string): Promise<Work> {
  const [work] = (await tx.query(
    `SELECT c.open + o.waiting AS "openCases", o.waiting AS "offersWaiting", o.taken AS "takenThisYear", c.ended AS "endedThisYear"
     FROM (SELECT count(*) FILTER (WHERE state = ANY ($2))::int AS open,
         count(*) FILTER (WHERE contract_at IS NOT NULL AND state <> ALL ($2) AND state_since >= $3::date)::int AS ended FROM cases WHERE mediator_id = $1) c
     CROSS JOIN (SELECT count(*) FILTER (WHERE answered_at IS NULL)::int AS waiting,
         count(*) FILTER (WHERE answer = 'accepted' AND answered_at >= $3::date)::int AS taken FROM offers WHERE mediator_id = $1) o`,
    [mediatorId, openStates, since],
  )) as [Work];
  return work;
}

async function absencesOf(tx: EntityManager, mediatorId: string, now: Date): Promise<RegisterEntry['absences']> {
  const rows = (await tx.query(
    `SELECT lower(during) AS "from", upper(during) AS until FROM hour_exceptions WHERE person_id = $1 AND NOT open AND upper(during) > $2 ORDER BY 1 LIMIT 20`,
    [mediatorId, now],
  )) as { from: Date; until: Date }[];
  return rows.map(({ from, until }) => ({ from: from.toISOString(), until: until.toISOString() }));
}
