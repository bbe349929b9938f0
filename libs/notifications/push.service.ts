import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Actor, PushDevice, PushState, SignedIn } from '#contract';
import { requireSignedIn } from '#access';
import { Clock, CONFIG, type Config, Database, DomainError, KeyedHash, Keys, newId, violated } from '#platform';
import { isPushService } from './channels/web.push.js';

/** Devices that ask to be told. What a device is reached by is a contact, and lies sealed like one. */
@Injectable()
export class PushService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly hashes: KeyedHash,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  state(actor: Actor): Promise<PushState> {
    requireSignedIn(actor);
    return this.db.transaction(actor, (tx) => this.stateOf(tx, actor));
  }

  /** One device of this session; the same one again replaces what is known of it. */
  subscribe(actor: Actor, device: PushDevice): Promise<PushState> {
    requireSignedIn(actor);
    if (!this.config.VAPID_PUBLIC_KEY || !isPushService(device.endpoint, this.config.PUSH_HOSTS))
      throw new DomainError('invalid', { fields: { endpoint: 'wrong' } });
    const { id: personId, sessionId } = actor;
    if (!sessionId) throw new DomainError('unauthenticated');
    if (actor.openedBy) throw new DomainError('not_found'); // the House's computer is nobody's own
    return this.db.transaction(actor, async (tx) => {
      const hash = this.hashes.of('push', device.endpoint);
      const sealed = await this.keys.seal(tx, { scope: 'person', id: personId }, JSON.stringify(device), 'push');
      await tx.query('DELETE FROM push_subscriptions WHERE endpoint_hash = $1 OR session_id = $2', [hash, sessionId]);
      await this.add(tx, [newId(), personId, sessionId, hash, sealed, this.clock.now()]);
      return this.stateOf(tx, actor);
    });
  }

  /** Of this session; signing out does the same (trigger sessions_end_push). */
  unsubscribe(actor: Actor): Promise<PushState> {
    requireSignedIn(actor);
    return this.db.transaction(actor, async (tx) => {
      await tx.query('DELETE FROM push_subscriptions WHERE session_id = $1', [actor.sessionId ?? null]);
      return this.stateOf(tx, actor);
    });
  }

  /** A browser that another account has left its address in must ask for a new one: we would tell the wrong person. */
  private async add(tx: EntityManager, row: unknown[]) {
    try {
      await tx.query(
        'INSERT INTO push_subscriptions (id, person_id, session_id, endpoint_hash, device_sealed, created_at) VALUES ($1, $2, $3, $4, $5, $6)',
        row,
      );
    } catch (error) {
      throw violated(error) === 'push_subscriptions_endpoint' ? new DomainError('conflict') : error;
    }
  }

  private async stateOf(tx: EntityManager, { id }: SignedIn): Promise<PushState> {
    const [{ devices }] = (await tx.query('SELECT count(*)::int AS devices FROM push_subscriptions WHERE person_id = $1', [id])) as [
      { devices: number },
    ];
    return { publicKey: this.config.VAPID_PUBLIC_KEY ?? null, devices };
  }
}
