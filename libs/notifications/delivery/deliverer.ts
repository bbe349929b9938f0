import { setTimeout as pause } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import { Clock, CONFIG, type Config, Database, type Delivery, Keys, type MailPort, type SmsPort, smsParts } from '#platform';
import { smtpLimits } from '../channels/smtp.mail.js';
import type { Planned } from '../planning/notice.js';
import { Addresses } from '../texts/addresses.js';
import { type Letter, MissingVariable, writeMail, writeSms } from '../texts/write.js';
import { type Appointment, appointmentsOf, calendarOf } from './appointments.js';
import { gatherCourtesies } from './bundles.js';
import { claim, type Claimed, claimMs, tryMs } from './claims.js';
import { type Opened, openContacts } from './contacts.js';
import { Gather } from './gather.js';
import { type Outcome, settle } from './outcomes.js';
import { Slots } from './slots.js';

const system = { id: null, role: 'system' } as const;
export const MAIL = Symbol('mail');
export const SMS = Symbol('sms');
/** Before another worker may find it due, ours must have written down what became of it. */
const marginMs = 15_000;
type Parcel = { notice: Claimed; opened: Opened; appointment: Appointment | undefined };

/** Sends notices that are due. A call for one that is not due any more, or is being sent by another worker, does nothing. */
@Injectable()
export class Deliverer implements OnModuleDestroy {
  private readonly logger = new Logger('Deliverer');
  private readonly addresses: Addresses;
  private readonly claims = new Gather((ids: string[]) => this.claimAll(ids));
  /** One batch at a time: a commit waits for the disk, and the more share that wait the better. */
  private readonly outcomes = new Gather((outcomes: Outcome[]) => this.settleAll(outcomes), { most: 200, atOnce: 1 });
  private readonly slots = { email: new Slots(smtpLimits.atOnce), sms: new Slots(4) };
  private readonly watchers: ((outcome: Outcome) => void)[] = [];
  private stopping = false;

  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    @Inject(CONFIG) private readonly config: Config,
    @Inject(MAIL) private readonly mail: MailPort,
    @Inject(SMS) private readonly sms: SmsPort,
  ) {
    this.addresses = new Addresses(config.WEB_ORIGIN[0] ?? '');
  }

  /** Returns what has to travel instead: a text message for a mail that can never arrive. */
  async deliver(id: string): Promise<Planned[]> {
    const parcel = await this.claims.ask(id);
    if (!parcel) return [];
    const outcome = await this.slots[parcel.notice.channel].with(() => this.send(parcel));
    return outcome ? this.outcomes.ask(outcome) : [];
  }

  letRest(providers: ReadonlySet<string>) {
    this.mail.rest?.(providers);
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
      const opened = await openContacts(tx, this.keys, claimed, now);
      const hours = await appointmentsOf(tx, claimed);
      return new Map(
        claimed.map((notice) => [notice.id, { notice, opened: opened.get(notice.id)!, appointment: hours.get(notice.sourceId) }]),
      );
    });
    return ids.map((id) => {
      const parcel = parcels.get(id) ?? null;
      parcels.delete(id); // asked for twice at once, given out once
      return parcel;
    });
  }

  /** A claim that is too old to begin is given back untried; one that is about to run out is left to do so. */
  private async send({ notice, opened, appointment }: Parcel): Promise<Outcome | null> {
    const [now, until] = [this.clock.now(), notice.claimedAt.getTime() + claimMs];
    if (now.getTime() > until - marginMs) return null;
    if (now.getTime() > until - tryMs) return { notice, at: now, postponed: now };
    const ended = (how: Exclude<Opened, { to: string }>) => ({ notice, at: this.clock.now(), ...how });
    if (!('to' in opened)) return ended(opened);
    try {
      const delivery = await this.hand(notice, opened, appointment);
      return { notice, at: this.clock.now(), delivery, otherwise: opened.otherwise };
    } catch (error) {
      if (error instanceof MissingVariable) return ended({ flaw: error.message });
      this.logger.error({ what: 'A notice could not be written', id: notice.id, name: (error as Error).name });
      return ended({ flaw: 'unwritable' });
    }
  }

  private hand(notice: Claimed, { to, code }: { to: string; code?: string }, appointment?: Appointment): Promise<Delivery> {
    const { template, language, values, caseId, checkCode, legal } = notice;
    const more = notice.carried.map((one) => ({ template: one.template, values: one.values, caseId: one.caseId }));
    const letter: Letter = { template, language, values, caseId, checkCode, isLegal: legal, more, ...(code ? { code } : {}) };
    if (notice.channel === 'sms') {
      const text = writeSms(letter, this.addresses);
      if (smsParts(text) > 2) this.logger.warn({ what: 'A text message takes more than two parts', id: notice.id, template });
      return this.sms.send({ to, text, reference: notice.id });
    }
    const { subject, sender, text, html } = writeMail(letter, this.addresses);
    const from = this.config.MAIL_FROM;
    return this.mail.send({
      to,
      from: `"${sender}" <${from}>`,
      subject,
      text,
      html,
      messageId: `<${notice.id}@${from.slice(from.indexOf('@') + 1)}>`,
      headers: headersOf(notice, this.addresses),
      ...(appointment ? { calendar: calendarOf(notice, appointment, from, to) } : {}),
    });
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

/** RFC 3834: no machine need answer. RFC 2369: how to ask for less, where less may be asked for. */
const headersOf = ({ urgency }: Claimed, { settings }: Addresses): Record<string, string> => ({
  'Auto-Submitted': 'auto-generated',
  'X-Auto-Response-Suppress': 'All',
  ...(urgency === 'courtesy' ? { 'List-Unsubscribe': `<${settings}>` } : {}),
});
