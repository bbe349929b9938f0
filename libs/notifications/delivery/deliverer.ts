import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Clock, CONFIG, type Config, Database, Gather, KeyedHash, Keys, type MailPort, type PushPort, type SmsPort } from '#platform';
import { type Carried, channels, type Kit } from '../channels/table.js';
import { type Planned, type Travelling, travelling } from '../planning/notice.js';
import { Addresses } from '../texts/addresses.js';
import { type Letter, MissingVariable } from '../texts/write.js';
import { type Appointment, appointmentsOf } from './appointments.js';
import { gatherCourtesies } from './bundles.js';
import { claim, type Claimed, claimMs, tryMs } from './claims.js';
import { type Opened, openContacts, type Reached } from './contacts.js';
import { type Outcome, settle } from './outcomes.js';
import { addZones } from './second-zone.js';
import { Slots } from './slots.js';
import { unsubscribeToken } from './unsubscribe-token.js';

const system = { id: null, role: 'system' } as const;
export const MAIL = Symbol('mail');
export const SMS = Symbol('sms');
export const PUSH = Symbol('push');
/** Before another worker may find it due, ours must have written down what became of it. */
const marginMs = 15_000;
type Parcel = { notice: Claimed; opened: Opened; appointments: Appointment[] | undefined };

/** Sends notices that are due. A call for one that is not due any more, or is being sent by another worker, does nothing. */
@Injectable()
export class Deliverer implements OnModuleDestroy {
  private readonly logger = new Logger('Deliverer');
  private readonly kit: Kit;
  private readonly claims = new Gather((ids: string[]) => this.claimAll(ids));
  /** One batch at a time: a commit waits for the disk, and the more share that wait the better. */
  private readonly outcomes = new Gather((outcomes: Outcome[]) => this.settleAll(outcomes), { most: 200, atOnce: 1 });
  private readonly slots = Object.fromEntries(travelling.map((name) => [name, new Slots(channels[name].atOnce)])) as Record<
    Travelling,
    Slots
  >;
  private readonly watchers: ((outcome: Outcome) => void)[] = [];
  private stopping = false;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    hashes: KeyedHash,
    @Inject(CONFIG) config: Config,
    @Inject(MAIL) mail: MailPort,
    @Inject(SMS) sms: SmsPort,
    @Inject(PUSH) push: PushPort,
  ) {
    const addresses = new Addresses(config.WEB_ORIGIN[0] ?? '');
    this.kit = { config, addresses, mail, sms, push, unsubscribe: (notice) => addresses.unsubscribe(unsubscribeToken(hashes, notice)) };
  }

  /** Returns what has to travel instead: a text message for a mail that can never arrive. */
  async deliver(id: string): Promise<Planned[]> {
    const parcel = await this.claims.ask(id);
    if (!parcel) return [];
    const outcome = await this.slots[parcel.notice.channel].with(() => this.send(parcel));
    return outcome ? this.outcomes.ask(outcome) : [];
  }

  letRest(providers: ReadonlySet<string>) {
    this.kit.mail.rest?.(providers);
  }

  /** Hears how every try ended, once it is written down. */
  watch(watcher: (outcome: Outcome) => void) {
    this.watchers.push(watcher);
  }

  onModuleDestroy() {
    this.stopping = true;
  }

  private async claimAll(ids: string[]): Promise<(Parcel | null)[]> {
    const now = this.clock.now();
    const parcels = await this.db.transaction(system, async (tx) => {
      await gatherCourtesies(tx, ids, now);
      const claimed = await claim(tx, ids, now);
      await addZones(tx, claimed);
      const opened = await openContacts(tx, this.keys, claimed, now);
      const hours = await appointmentsOf(tx, claimed);
      return new Map(
        claimed.map((notice) => [notice.id, { notice, opened: opened.get(notice.id)!, appointments: hours.get(notice.sourceId) }]),
      );
    });
    return ids.map((id) => {
      const parcel = parcels.get(id) ?? null;
      parcels.delete(id); // asked for twice at once, given out once
      return parcel;
    });
  }

  /** A claim that is too old to begin is given back untried; one that is about to run out is left to do so. */
  private async send({ notice, opened, appointments }: Parcel): Promise<Outcome | null> {
    const [now, until] = [this.clock.now(), notice.claimedAt.getTime() + claimMs];
    if (now.getTime() > until - marginMs) return null;
    if (now.getTime() > until - tryMs) return { notice, at: now, postponed: now };
    const ended = (how: Exclude<Opened, { to: string }>) => ({ notice, at: this.clock.now(), ...how });
    if (!('to' in opened)) return ended(opened);
    try {
      const { gone = [], ...delivery } = await this.hand(notice, opened, appointments);
      return { notice, at: this.clock.now(), delivery, otherwise: opened.otherwise, gone };
    } catch (error) {
      if (error instanceof MissingVariable) return ended({ flaw: error.message });
      this.logger.error({ what: 'A notice could not be written', id: notice.id, name: (error as Error).name });
      return ended({ flaw: 'unwritable' });
    }
  }

  private hand(notice: Claimed, reached: Reached, appointments?: Appointment[]): Promise<Carried> {
    const { template, language, values, caseId, checkCode, legal } = notice;
    const { code } = reached;
    const more = notice.carried.map((one) => ({ template: one.template, values: one.values, caseId: one.caseId }));
    const letter: Letter = { template, language, values, caseId, checkCode, isLegal: legal, more, ...(code ? { code } : {}) };
    return channels[notice.channel].carry({ notice, letter, reached, ...(appointments ? { appointments } : {}) }, this.kit);
  }

  /** A mail that has left must be written down, or it leaves again: a database that is away for a while is waited for. */
  private async settleAll(outcomes: Outcome[]): Promise<Planned[][]> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        const planned = await this.db.transaction(system, (tx) => settle(tx, outcomes, this.clock.now()));
        for (const watcher of this.watchers) outcomes.forEach(watcher);
        return outcomes.map((_, at) => (at === 0 ? planned : []));
      } catch (error) {
        if (this.stopping || attempt > 120) throw error;
        if (attempt === 1) this.logger.warn({ what: 'Outcomes wait for the database', code: (error as { code?: string }).code });
        await pause(Math.min(attempt * 100, 1_000));
      }
    }
  }
}
