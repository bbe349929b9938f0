import { Injectable } from '@nestjs/common';
import { authorize } from '#access';
import type { Actor, DeliveryHealth, RestProvider } from '#contract';
import { Clock, Database, DomainError, record } from '#platform';

type Found = Omit<DeliveryHealth, 'providers'> & {
  providers: (Omit<DeliveryHealth['providers'][number], 'lastSentAt' | 'restsSince'> & {
    lastSentAt: string | null;
    restsSince: string | null;
  })[];
};

/** How delivery fares, for the desk and the administrator: totals, never a case, a person or an address. */
@Injectable()
export class HealthService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  read(actor: Actor): Promise<DeliveryHealth> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'delivery.run', null);
      const [row] = (await tx.query('SELECT delivery_health($1) AS found', [this.clock.now()])) as [{ found: Found | null }];
      if (!row.found) throw new DomainError('not_found');
      const instant = (at: string | null) => at && new Date(at).toISOString();
      const { lines, providers } = row.found;
      return {
        lines,
        providers: providers.map((one) => ({ ...one, lastSentAt: instant(one.lastSentAt), restsSince: instant(one.restsSince) })),
      };
    });
  }

  /** A provider that rests is asked last: the others take over within seconds, and without any other it is still asked. */
  async rest(actor: Actor, { provider, rests }: RestProvider): Promise<void> {
    await this.db.transaction(actor, async (tx) => {
      authorize(actor, 'delivery.run', null);
      const at = this.clock.now();
      const [row] = (await tx.query('SELECT rest_provider($1, $2, $3) AS done', [provider, rests, at])) as [{ done: boolean }];
      if (row.done) await record(tx, actor, { type: 'staff.provider_switched', at, data: { provider, code: rests ? 'rests' : 'serves' } });
    });
  }
}
