import { createHmac } from 'node:crypto';
import { type Clock, type Database, type Keys } from '#platform';
import { FeedFailure } from '#times';
import { hookKey, hookSecret, labels } from './hook.secret.js';
import { type CallLimits, post } from './post.js';

type Due = { hookId: string; eventId: string; tries: number };
type Call = Due & { address: string; secret: Buffer; caseId: string; type: string; state: string; at: Date };
type Row = Omit<Call, 'address' | 'secret'> & { addressSealed: Buffer; secretSealed: Buffer; ended: boolean };

const system = { id: null, role: 'system' } as const;
const [second, minute, hour] = [1_000, 60_000, 3_600_000];
/** How long after a try that failed the next one comes; after the last the call is given up, and the administrator sees it (three days in all). */
const waits = [5 * second, 5 * minute, 30 * minute, 2 * hour, 5 * hour, 10 * hour, 14 * hour, 20 * hour, 24 * hour];
const [atOnce, leaseMs] = [20, minute];

/** Tells partners of facts: planned with the event, sent by a sweep, signed by the Standard Webhooks rules; ids and states, nothing else. */
export class PartnerCalls {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly limits: CallLimits,
  ) {}

  /** Who is to be called about these facts. Asked twice it plans once. */
  async plan(eventIds: string[]): Promise<void> {
    await this.db.look('SELECT plan_partner_calls($1, $2)', [eventIds, this.clock.now()]);
  }

  /** For the worker's sweep. Returns how many were tried. */
  async callDue(): Promise<number> {
    const due = await this.claim();
    await Promise.all(due.map((one) => this.call(one)));
    return due.length;
  }

  private claim(): Promise<Due[]> {
    return this.db.transaction(system, async (tx) => {
      const at = this.clock.now();
      const [rows] = (await tx.query(
        `UPDATE partner_calls SET due_at = $2, tries = tries + 1, tried_at = $1 WHERE (hook_id, event_id) IN (
           SELECT hook_id, event_id FROM partner_calls WHERE due_at <= $1 AND done_at IS NULL AND given_up_at IS NULL ORDER BY due_at LIMIT $3 FOR UPDATE SKIP LOCKED)
         RETURNING hook_id AS "hookId", event_id AS "eventId", tries`,
        [at, new Date(+at + leaseMs), atOnce],
      )) as [Due[], number];
      return rows;
    });
  }

  private async call(due: Due): Promise<void> {
    const call = await this.open(due);
    if (!call) return this.note(due, { status: null, failure: 'ended' });
    const { eventId, caseId, type, state, at } = call;
    const body = JSON.stringify({ type, timestamp: at.toISOString(), data: { caseId, state } });
    const sentAt = String(Math.floor(+this.clock.now() / 1000));
    const mac = createHmac('sha256', call.secret).update(`${eventId}.${sentAt}.${body}`).digest('base64');
    const headers = { 'webhook-id': eventId, 'webhook-timestamp': sentAt, 'webhook-signature': `v1,${mac}` };
    try {
      const status = await post(call.address, headers, body, this.limits);
      await this.note(due, { status, failure: status >= 200 && status < 300 ? null : 'refused' });
    } catch (error) {
      if (!(error instanceof FeedFailure)) throw error;
      await this.note(due, { status: null, failure: error.failure });
    }
  }

  /** Nothing, where the hook has ended since, or the case is not that court's any more. */
  private open({ hookId, eventId, tries }: Due): Promise<Call | null> {
    return this.db.transaction(system, async (tx) => {
      const [row] = (await tx.query(
        `SELECT f.case_id AS "caseId", f.type, f.state, f.at, h.address_sealed AS "addressSealed", h.secret_sealed AS "secretSealed", h.ended_at IS NOT NULL AS ended
         FROM partner_facts f JOIN partner_hooks h ON h.id = f.hook_id WHERE f.hook_id = $1 AND f.event_id = $2`,
        [hookId, eventId],
      )) as Row[];
      if (!row || row.ended) return null;
      const { addressSealed, secretSealed, caseId, type, state, at } = row;
      const address = await this.keys.open(tx, hookKey, addressSealed, labels.address(hookId));
      const secret = hookSecret(await this.keys.open(tx, hookKey, secretSealed, labels.secret(hookId)));
      return { hookId, eventId, tries, caseId, type, state, at, address, secret };
    });
  }

  private note({ hookId, eventId, tries }: Due, { status, failure }: { status: number | null; failure: string | null }): Promise<void> {
    return this.db.transaction(system, async (tx) => {
      const at = this.clock.now();
      const wait = failure === 'ended' ? undefined : waits[tries - 1];
      const isOver = failure !== null && wait === undefined;
      await tx.query(
        `UPDATE partner_calls SET status = $3, failure = $4, done_at = $5, given_up_at = $6, due_at = $7 WHERE hook_id = $1 AND event_id = $2 AND tries = $8`,
        [hookId, eventId, status, failure, failure ? null : at, isOver ? at : null, new Date(+at + (wait ?? 0)), tries],
      );
    });
  }
}
