import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { HoursEnding } from '#calendar';
import { ConsultationSweep } from '#consultations';
import { ChoosingsService, DeadlinesService, DraftsService, NudgesService, OffersService, StandingService } from '#cases';
import { Leavings, Orphans } from '#files';
import { Reminders } from '#meetings';
import { Bounces, Deliverer, Sweeper } from '#notifications';
import { AuditRoots, CourtAlerts, ExportMaking, ReportClosing } from '#oversight';
import { PartnerCalls } from '#partners';
import { Clock } from '#platform';
import { ComplaintReminders } from '#complaints';
import { CouncilSweep } from '#council';
import { CertificateReminders } from '#mediators';
import { DrillsSweep, IncidentsSweep } from '#safekeeping';
import { OutsideReader } from '#times';
import { TrainingReminders } from '#training';
import { Cleaner } from './cleaner.js';
import { Ear } from './ear.js';
import { Queues } from './queues.js';
import { Relay } from './relay.js';

type Schedule = { name: string; everyMs: number; work: () => Promise<unknown> };
const [fewWaiting, restoredAtOnce, longestMs] = [200, 2_000, 60_000];

/** What happens by itself, and how often. Every row may run in several workers at once: rows are claimed, keys are unique. */
@Injectable()
export class Schedules implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Schedules');
  private readonly timers = new Map<string, NodeJS.Timeout>();
  private readonly running = new Set<Promise<unknown>>();
  private stopped = false;
  private readonly table: Schedule[] = [
    { name: 'outbox', everyMs: 5_000, work: () => this.relay.wake() },
    { name: 'due notices', everyMs: 5_000, work: () => this.sendDue() },
    { name: 'resting providers', everyMs: 5_000, work: async () => this.deliverer.letRest(await this.sweeper.resting()) },
    { name: 'lost facts', everyMs: 10_000, work: () => this.planLost() },
    { name: 'deadlines', everyMs: 5_000, work: () => this.deadlines.fireDue() },
    { name: 'offers to the next mediator', everyMs: 15_000, work: () => this.offers.followDeclined() },
    { name: 'mediators chosen together', everyMs: 5_000, work: () => this.choosings.decideDue() },
    { name: 'sides that have not chosen', everyMs: 60_000, work: () => this.choosings.nudgeDue() },
    { name: 'standing of mediators', everyMs: 900_000, work: () => this.standing.raiseLapsed() },
    { name: 'reminders of invitations', everyMs: 60_000, work: () => this.nudges.nudgeDue() },
    { name: 'reminders of drafts', everyMs: 300_000, work: () => this.nudges.remindDrafts() },
    { name: 'drafts that end', everyMs: 300_000, work: () => this.drafts.warnEnding() },
    { name: 'drafts that ended', everyMs: 300_000, work: () => this.drafts.destroyDue() },
    { name: 'proposed hours', everyMs: 30_000, work: () => this.hours.expireDue() },
    { name: 'silent people', everyMs: 60_000, work: () => this.hours.nudgeSilent() },
    { name: 'reminders', everyMs: 5_000, work: () => this.reminders.remindDue() },
    { name: 'complaints that wait', everyMs: 60_000, work: () => this.complaints.remindDue() },
    { name: 'certificates that end', everyMs: 900_000, work: () => this.certificates.remindDue() },
    { name: 'reminders of trainings', everyMs: 60_000, work: () => this.trainings.remindDue() },
    { name: 'calendars kept elsewhere', everyMs: 15_000, work: () => this.outside.readDue() },
    { name: 'consultations', everyMs: 15_000, work: () => this.consultations.sweep() },
    { name: 'bounces', everyMs: 10_000, work: () => this.followBounces() },
    { name: 'unread rooms', everyMs: 60_000, work: () => this.tellUnread() },
    { name: 'who is asked into rooms', everyMs: 30_000, work: () => this.tellAsked() },
    { name: 'files that no row names', everyMs: 60_000, work: () => this.leavings.sweep() },
    { name: 'objects that no row names', everyMs: 6 * 3_600_000, work: () => this.orphans.sweep() },
    { name: 'calls to partners', everyMs: 2_000, work: () => this.partners.callDue() },
    { name: 'root of a day', everyMs: 60_000, work: () => this.roots.makeDue() },
    { name: 'tasks of the council', everyMs: 300_000, work: () => this.council.raiseDue() },
    { name: 'incidents nobody told of', everyMs: 60_000, work: () => this.incidents.raiseOverdue() },
    { name: 'drills that are due', everyMs: 3_600_000, work: () => this.drills.raiseDue() },
    { name: 'closed months', everyMs: 60_000, work: () => this.reports.closeDue() },
    { name: 'terms of courts', everyMs: 60_000, work: () => this.courtAlerts.tellDue() },
    { name: 'exports that wait', everyMs: 2_000, work: () => this.queueExports() },
    { name: 'exports that end', everyMs: 300_000, work: () => this.exports.expire() },
    { name: 'clean-up', everyMs: 3_600_000, work: () => this.cleaner.clean() },
  ];

  constructor(
    private readonly clock: Clock,
    private readonly relay: Relay,
    private readonly ear: Ear,
    private readonly queues: Queues,
    private readonly sweeper: Sweeper,
    private readonly deliverer: Deliverer,
    private readonly bounces: Bounces,
    private readonly cleaner: Cleaner,
    private readonly deadlines: DeadlinesService,
    private readonly offers: OffersService,
    private readonly choosings: ChoosingsService,
    private readonly standing: StandingService,
    private readonly nudges: NudgesService,
    private readonly drafts: DraftsService,
    private readonly hours: HoursEnding,
    private readonly reminders: Reminders,
    private readonly trainings: TrainingReminders,
    private readonly complaints: ComplaintReminders,
    private readonly certificates: CertificateReminders,
    private readonly outside: OutsideReader,
    private readonly consultations: ConsultationSweep,
    private readonly leavings: Leavings,
    private readonly orphans: Orphans,
    private readonly partners: PartnerCalls,
    private readonly reports: ReportClosing,
    private readonly roots: AuditRoots,
    private readonly exports: ExportMaking,
    private readonly incidents: IncidentsSweep,
    private readonly drills: DrillsSweep,
    private readonly council: CouncilSweep,
    private readonly courtAlerts: CourtAlerts,
  ) {}

  onModuleInit() {
    this.ear.listen(() => void this.relay.wake());
    this.queues.whenReady(() => void this.relay.wake());
    for (const schedule of this.table) this.plan(schedule, Math.random() * Math.min(schedule.everyMs, 5_000));
  }

  async onModuleDestroy() {
    this.stopped = true;
    for (const timer of this.timers.values()) clearTimeout(timer);
    await Promise.allSettled(this.running);
  }

  private plan(schedule: Schedule, inMs: number, failures = 0) {
    if (this.stopped) return;
    this.timers.set(
      schedule.name,
      setTimeout(() => void this.run(schedule, failures), inMs),
    );
  }

  /** Never twice at once in one worker; after a failure later and later, up to a minute. */
  private async run(schedule: Schedule, failures: number) {
    const work = schedule.work();
    this.running.add(work);
    try {
      await work;
      this.plan(schedule, schedule.everyMs);
    } catch (error) {
      const { name, code } = error as Error & { code?: string };
      if (failures === 0) this.logger.warn({ what: 'A schedule failed', schedule: schedule.name, name, code });
      this.plan(schedule, Math.min(schedule.everyMs * 2 ** failures, Math.max(longestMs, schedule.everyMs)), failures + 1);
    } finally {
      this.running.delete(work);
    }
  }

  /** What is due and not in the queue. While much waits there, what is due most likely waits there too. */
  private async sendDue() {
    if (!this.queues.isReady) return;
    const waiting = (await this.queues.backlog('email')) + (await this.queues.backlog('sms'));
    if (waiting < fewWaiting) await this.queues.addNotices(await this.sweeper.due(restoredAtOnce), this.clock.now());
  }

  private async planLost() {
    if (!this.queues.isReady || (await this.queues.backlog('events')) >= fewWaiting) return;
    const lost = await this.sweeper.unhandled(15_000, restoredAtOnce);
    if (lost.length > 0) await this.queues.addEvents(lost);
  }

  private async queueExports() {
    if (this.queues.isReady) await this.queues.addExports(await this.exports.waiting());
  }

  private async followBounces() {
    await this.queues.addNotices(await this.bounces.follow(), this.clock.now());
  }

  private async tellUnread() {
    await this.queues.addNotices(await this.sweeper.planUnread(), this.clock.now());
  }

  private async tellAsked() {
    await this.queues.addNotices(await this.sweeper.planGatherings(), this.clock.now());
  }
}
