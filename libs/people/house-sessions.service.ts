import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, OpenHouseSession } from '#contract';
import { Clock, Database, DomainError, record } from '#platform';
import { type From, PeopleService } from './people.service.js';
import { type Opened, SessionsService } from './sessions.service.js';
import { SlipsService } from './slips.service.js';
import { Throttle } from './throttle.js';

/**
 * Somebody without a telephone or an e-mail sits down at the House's own computer. His short session takes the place of the operator's,
 * which ends and is taken up again by its second factor alone. A paper slip is how he goes on another day: the operator looks at
 * the person, the slip is the person's. Every fact of such a session names both (platform/events.ts).
 */
@Injectable()
export class HouseSessionsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly people: PeopleService,
    private readonly sessions: SessionsService,
    private readonly slips: SlipsService,
    private readonly throttle: Throttle,
  ) {}

  async open(actor: Actor, who: OpenHouseSession, { network, device = '' }: From): Promise<Opened> {
    authorize(actor, 'house_session.open', null);
    requireSignedIn(actor);
    const taken = who.by !== 'document' ? await this.throttle.spendAll({ 'slip_guess.network': network, 'slip_guess.everybody': '' }) : [];
    const opened = await this.db.transaction(actor, async (tx) => {
      const personId = await this.whoIs(tx, actor, who);
      if (personId === actor.id) throw new DomainError('slip.unknown');
      await record(tx, actor, { type: 'person.received', at: this.clock.now(), data: { personId, by: who.by } });
      const atHouse = { openedBy: actor.id, behind: await this.sessions.park(tx, actor) };
      return this.sessions.open(tx, { personId, role: 'citizen', ownDevice: false, device, atHouse });
    });
    await this.throttle.giveBack(taken);
    return opened;
  }

  private whoIs(tx: EntityManager, actor: Actor, who: OpenHouseSession): Promise<string> {
    if (who.by === 'slip') return this.slips.holderOf(tx, who.code);
    return who.by === 'lost' ? this.slips.takeBack(tx, actor, who) : this.people.receive(tx, who);
  }
}
