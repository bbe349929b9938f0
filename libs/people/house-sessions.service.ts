import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, OpenHouseSession, Slip } from '#contract';
import { Clock, Database, DomainError, KeyedHash, newPaperCode, paperCodeFrom, record } from '#platform';
import { type From, PeopleService } from './people.service.js';
import { type Opened, SessionsService } from './sessions.service.js';
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
    private readonly hashes: KeyedHash,
    private readonly people: PeopleService,
    private readonly sessions: SessionsService,
    private readonly throttle: Throttle,
  ) {}

  async open(actor: Actor, who: OpenHouseSession, { network, device = '' }: From): Promise<Opened> {
    authorize(actor, 'house_session.open', null);
    requireSignedIn(actor);
    const taken = who.by === 'slip' ? await this.throttle.spendAll({ 'slip_guess.network': network, 'slip_guess.everybody': '' }) : [];
    const opened = await this.db.transaction(actor, async (tx) => {
      const personId = who.by === 'slip' ? await this.holderOf(tx, who.code) : await this.people.receive(tx, who);
      if (personId === actor.id) throw new DomainError('slip.unknown');
      await record(tx, actor, { type: 'person.received', at: this.clock.now(), data: { personId, by: who.by } });
      const atHouse = { openedBy: actor.id, behind: await this.sessions.park(tx, actor) };
      return this.sessions.open(tx, { personId, role: 'citizen', ownDevice: false, device, atHouse });
    });
    await this.throttle.giveBack(taken);
    return opened;
  }

  /** A new slip for who sits there; the last one is waste paper from now on. */
  slip(actor: Actor): Promise<Slip> {
    authorize(actor, 'slip.make', null);
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      const [code, at] = [newPaperCode(), this.clock.now()];
      await tx.query(
        `INSERT INTO credentials (person_id, slip_hash, slip_at, changed_at) VALUES ($1, $2, $3, $3)
         ON CONFLICT (person_id) DO UPDATE SET slip_hash = $2, slip_at = $3`,
        [actor.id, this.hashes.of('slip', code), at],
      );
      return { code, madeAt: at.toISOString() };
    });
  }

  private async holderOf(tx: EntityManager, typed: string): Promise<string> {
    const code = paperCodeFrom(typed);
    const [found] = code
      ? ((await tx.query('SELECT person_id AS id FROM credentials WHERE slip_hash = $1', [this.hashes.of('slip', code)])) as {
          id: string;
        }[])
      : [];
    if (!found) throw new DomainError('slip.unknown');
    return found.id;
  }
}
