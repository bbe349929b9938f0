import { Inject, Injectable } from '@nestjs/common';
import { authorize } from '#access';
import type { Actor, HookCall, MadePartnerHook, MakePartnerHook, PartnerHookRow } from '#contract';
import { Clock, CONFIG, type Config, Database, DomainError, Keys, newId, record, violated } from '#platform';
import { hookKey, labels, newHookSecret } from './hook.secret.js';

type Row = Omit<PartnerHookRow, 'madeAt' | 'lastAt'> & { madeAt: Date; lastAt: Date | null };
type CallRow = Omit<HookCall, 'triedAt' | 'nextAt'> & { triedAt: Date | null; nextAt: Date };

/** Addresses at which courts' own systems are told of facts. Address and secret are sealed; the secret is told once, the address never again. */
@Injectable()
export class PartnerHooksService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  list(actor: Actor): Promise<PartnerHookRow[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'people.manage', null);
      const rows = (await tx.query(
        `SELECT h.id, h.name, h.court_id AS "courtId", h.host, h.made_at AS "madeAt", CASE WHEN h.ended_at IS NULL THEN 'open' ELSE 'ended' END AS state,
           (SELECT count(*)::int FROM partner_calls c WHERE c.hook_id = h.id AND c.done_at IS NOT NULL) AS done,
           (SELECT count(*)::int FROM partner_calls c WHERE c.hook_id = h.id AND c.done_at IS NULL AND c.given_up_at IS NULL) AS waiting,
           (SELECT count(*)::int FROM partner_calls c WHERE c.hook_id = h.id AND c.given_up_at IS NOT NULL) AS "givenUp",
           (SELECT max(c.done_at) FROM partner_calls c WHERE c.hook_id = h.id) AS "lastAt"
         FROM partner_hooks h ORDER BY h.id DESC LIMIT 100`,
      )) as Row[];
      return rows.map((row) => ({ ...row, madeAt: row.madeAt.toISOString(), lastAt: row.lastAt?.toISOString() ?? null }));
    });
  }

  make(actor: Actor, { name, courtId, address }: MakePartnerHook): Promise<MadePartnerHook> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'people.manage', null);
      const { protocol, host, hostname } = new URL(address);
      if (protocol !== 'https:' && hostname !== this.config.TEST_CALENDAR_ADDRESS)
        throw new DomainError('invalid', { fields: { address: 'web_address' } });
      const [id, secret, at] = [newId(), newHookSecret(), this.clock.now()];
      const sealed = [
        await this.keys.seal(tx, hookKey, address, labels.address(id)),
        await this.keys.seal(tx, hookKey, secret, labels.secret(id)),
      ];
      const insert =
        'INSERT INTO partner_hooks (id, name, court_id, host, address_sealed, secret_sealed, made_by, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)';
      await tx.query(insert, [id, name, courtId, host, ...sealed, actor.id, at]).catch((error: unknown) => {
        throw violated(error) === 'partner_hooks_court' ? new DomainError('court.unknown') : error;
      });
      await record(tx, actor, { type: 'partner.hook_made', at, data: { hookId: id, courtId } });
      return { id, name, courtId, host, madeAt: at.toISOString(), state: 'open', done: 0, waiting: 0, givenUp: 0, lastAt: null, secret };
    });
  }

  end(actor: Actor, id: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'people.manage', null);
      const at = this.clock.now();
      const [, ended] = (await tx.query('UPDATE partner_hooks SET ended_at = $2 WHERE id = $1 AND ended_at IS NULL', [id, at])) as [
        object[],
        number,
      ];
      if (ended === 0) throw new DomainError('not_found');
      await record(tx, actor, { type: 'partner.hook_ended', at, data: { hookId: id } });
    });
  }

  /** What became of the last calls: which fact, how often tried, with which status; of a case nothing. */
  calls(actor: Actor, id: string): Promise<HookCall[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'people.manage', null);
      const [known] = (await tx.query('SELECT 1 FROM partner_hooks WHERE id = $1', [id])) as object[];
      if (!known) throw new DomainError('not_found');
      const rows = (await tx.query(
        `SELECT event_id AS "eventId", tries, tried_at AS "triedAt", status, failure, due_at AS "nextAt",
           CASE WHEN done_at IS NOT NULL THEN 'done' WHEN given_up_at IS NOT NULL THEN 'given_up' ELSE 'waiting' END AS state
         FROM partner_calls WHERE hook_id = $1 ORDER BY event_id DESC LIMIT 100`,
        [id],
      )) as CallRow[];
      return rows.map(({ triedAt, nextAt, ...row }) => ({
        ...row,
        triedAt: triedAt?.toISOString() ?? null,
        nextAt: row.state === 'waiting' ? nextAt.toISOString() : null,
      }));
    });
  }

  /** All that were given up are tried again from now. */
  async tryAgain(actor: Actor, id: string): Promise<HookCall[]> {
    await this.db.transaction(actor, async (tx) => {
      authorize(actor, 'people.manage', null);
      await tx.query('UPDATE partner_calls SET given_up_at = NULL, tries = 0, due_at = $2 WHERE hook_id = $1 AND given_up_at IS NOT NULL', [
        id,
        this.clock.now(),
      ]);
    });
    return this.calls(actor, id);
  }
}
