import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, RegisterEntry } from '#contract';
import { dayOf, kazakhstan } from '#hours';
import { Clock, Database, DomainError, record } from '#platform';
import { Mediator } from './mediator.entity.js';
import { openStates } from './mediators.service.js';

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
        openCases: await openCasesOf(tx, actor.id),
        published: found.publishedAt !== null,
      };
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

/** What he carries now, an open offer included, as the desk counts it. */
async function openCasesOf(tx: EntityManager, mediatorId: string): Promise<number> {
  const [counted] = (await tx.query(
    `SELECT (SELECT count(*) FROM cases c WHERE c.mediator_id = $1 AND c.state = ANY ($2))::int
       + (SELECT count(*) FROM offers o WHERE o.mediator_id = $1 AND o.answered_at IS NULL)::int AS n`,
    [mediatorId, openStates],
  )) as { n: number }[];
  return counted?.n ?? 0;
}
