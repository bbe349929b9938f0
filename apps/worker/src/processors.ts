import { Inject, Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type Job, Worker, type WorkerOptions } from 'bullmq';
import type { Redis } from 'ioredis';
import { Deliverer, type Planned, Planner, travelling } from '#notifications';
import { ExportMaking } from '#oversight';
import { PartnerCalls } from '#partners';
import { Clock, CONFIG, type Config, Gather } from '#platform';
import { Hints } from './hints.js';
import { type IdsJob, type QueueName, Queues } from './queues.js';
import { takingRedis } from './redis.js';

/**
 * How each queue is worked off. Of mails more are claimed than are sent at once (libs/notifications), so that no connection waits for the
 * database. Text messages: what a gateway bears. A lost lock or a stalled job is no failure here, since the row knows whether it was sent.
 */
const settings: Record<QueueName, Partial<WorkerOptions>> = {
  events: { concurrency: 4 },
  exports: { concurrency: 1 },
  email: { concurrency: 8 },
  sms: { concurrency: 4, limiter: { max: 20, duration: 1_000 } },
  push: { concurrency: 4 },
};
const patience = { lockDuration: 15_000, stalledInterval: 10_000, maxStalledCount: 1_000, runRetryDelay: 1_000, drainDelay: 5 };

/** Shallow on purpose: an entry carries ids, the libs decide what they mean. */
@Injectable()
export class Processors implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('Processors');
  private readonly workers: Worker[] = [];
  private readonly plans = new Gather((ids: string[]) => this.planAll(ids), { most: 200, atOnce: 1 });
  private connection?: Redis;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly clock: Clock,
    private readonly planner: Planner,
    private readonly deliverer: Deliverer,
    private readonly queues: Queues,
    private readonly hints: Hints,
    private readonly exports: ExportMaking,
    private readonly partners: PartnerCalls,
  ) {}

  onModuleInit() {
    this.connection = takingRedis(this.config.REDIS_URL);
    this.take('events', async ({ data: { ids } }) => void (await Promise.all(ids.map((id) => this.plans.ask(id)))));
    this.take('exports', async ({ data: { ids } }) => void (await Promise.all(ids.map((id) => this.exports.make(id)))));
    for (const channel of travelling) this.take(channel, async ({ data: { ids } }) => this.passOn(await this.deliverAll(ids)));
  }

  /** What is under way is finished; what waits is left to the next worker. */
  async onModuleDestroy() {
    await Promise.all(this.workers.map((worker) => worker.close()));
    this.connection?.disconnect();
  }

  private take(name: QueueName, work: (job: Job<IdsJob>) => Promise<void>) {
    const worker = new Worker<IdsJob>(name, work, {
      ...patience,
      ...settings[name],
      connection: this.connection!,
      prefix: this.config.QUEUE_PREFIX,
    });
    worker.on('error', () => undefined); // connection troubles: redis.ts tells of them once
    worker.on('failed', (job, error) => {
      if (job && job.attemptsMade < (job.opts.attempts ?? 1)) return;
      this.logger.error({ what: 'A job gave up; the sweep will find its row', queue: name, ids: job?.data.ids, name: error.name });
    });
    this.workers.push(worker);
  }

  /** All of them, whatever becomes of one: the entry is tried again for those whose row could not be reached. */
  private async deliverAll(ids: string[]): Promise<Planned[]> {
    const ends = await Promise.allSettled(ids.map((id) => this.deliverer.deliver(id)));
    const broken = ends.find((end) => end.status === 'rejected');
    if (broken) throw broken.reason as Error;
    return ends.flatMap((end) => (end.status === 'fulfilled' ? end.value : []));
  }

  private async planAll(ids: string[]): Promise<void[]> {
    await this.partners.plan(ids); // first: a fact counts as handled once its notices are planned
    await this.passOn(await this.planner.plan(ids));
    return ids.map(() => undefined);
  }

  /** Planned is planned: if the queue refuses, the sweep hands it over later. */
  private async passOn(planned: Planned[]) {
    this.hints.publish(this.hints.ofNotices(planned));
    await this.queues.addNotices(planned, this.clock.now()).catch((error: Error) => {
      this.logger.warn({ what: 'Notices wait for the sweep', count: planned.length, name: error.name });
    });
  }
}
