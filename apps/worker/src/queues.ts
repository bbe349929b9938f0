import { Inject, Injectable, type OnApplicationShutdown } from '@nestjs/common';
import { type JobsOptions, Queue } from 'bullmq';
import type { Redis } from 'ioredis';
import { type Planned, travelling } from '#notifications';
import { CONFIG, type Config } from '#platform';
import { REDIS } from './redis.js';

export const queueNames = ['events', 'exports', ...travelling] as const;
export type QueueName = (typeof queueNames)[number];
/** All that ever lies in Redis: ids of rows. */
export type IdsJob = { ids: string[] };

/** What was planned together is handed over together: an entry costs Redis the same with one id and with many. A gateway's rate is kept per entry. */
const inOneEntry = { events: 50, email: 32, sms: 1, push: 8 };

/** A lower number goes first (BullMQ). */
const priorities: Record<Planned['urgency'], number> = { now: 1, legal: 2, courtesy: 3 };
/**
 * The row is the truth and a sweep finds what is lost, so nothing is kept here: a finished or failed job that stayed would block its
 * own id. The tries are for a database that blinks; a provider's refusal is no error of the job.
 */
const options: JobsOptions = { attempts: 5, backoff: { type: 'exponential', delay: 250 }, removeOnComplete: true, removeOnFail: true };

const askMs = 5_000;

@Injectable()
export class Queues implements OnApplicationShutdown {
  private readonly queues = new Map<QueueName, Queue>();

  constructor(
    @Inject(REDIS) private readonly redis: Redis,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  get isReady(): boolean {
    return this.redis.status === 'ready';
  }

  /** Calls back whenever Redis can be asked (again). */
  whenReady(ready: () => void) {
    this.redis.on('ready', ready);
    if (this.isReady) ready();
  }

  addEvents(ids: string[]): Promise<void> {
    return this.add(
      'events',
      pieces(ids, inOneEntry.events).map((some) => ({ name: 'plan', data: { ids: some }, opts: { ...options, jobId: some[0]! } })),
    );
  }

  /** One entry each, under its own id: told of again while it is there, it stays one. */
  async addExports(ids: string[]): Promise<void> {
    if (ids.length > 0)
      await this.add(
        'exports',
        ids.map((id) => ({ name: 'make', data: { ids: [id] }, opts: { ...options, jobId: id } })),
      );
  }

  /** What is due now and travels; the rest is found by the sweep when its hour comes. */
  async addNotices(planned: Planned[], now: Date): Promise<void> {
    for (const channel of travelling) {
      const due = planned.filter((one) => one.channel === channel && one.dueAt <= now);
      const jobs = inGroups(due, inOneEntry[channel]).map((group) => entryOf(group));
      if (jobs.length > 0) await this.add(channel, jobs);
    }
  }

  /** How much waits in a queue. */
  async backlog(name: QueueName): Promise<number> {
    const counts = await this.ask(name, (queue) => queue.getJobCounts('waiting', 'prioritized', 'delayed'));
    return Object.values(counts).reduce((sum, count) => sum + count, 0);
  }

  async onApplicationShutdown() {
    await Promise.all([...this.queues.values()].map((queue) => queue.close().catch(() => undefined)));
    this.redis.disconnect();
  }

  private async add(name: QueueName, jobs: { name: string; data: IdsJob; opts: JobsOptions }[]) {
    await this.ask(name, (queue) => queue.addBulk(jobs));
  }

  /**
   * Bounded: what BullMQ has under way when Redis goes may never be answered, and whoever waited for it would never wake again.
   * A queue that failed may stay deaf for ever: the next call makes a new one.
   */
  private async ask<T>(name: QueueName, question: (queue: Queue) => Promise<T>): Promise<T> {
    const queue = this.queue(name);
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => reject(new Error('The queue does not answer')), askMs);
    });
    try {
      return await Promise.race([question(queue), late]);
    } catch (error) {
      if (this.queues.get(name) === queue) this.queues.delete(name);
      queue.close().catch(() => undefined);
      throw error;
    } finally {
      clearTimeout(timer);
    }
  }

  private queue(name: QueueName): Queue {
    const known = this.queues.get(name);
    if (known) return known;
    const made = new Queue(name, { connection: this.redis, prefix: this.config.QUEUE_PREFIX, skipMetasUpdate: true });
    made.on('error', () => undefined); // redis.ts tells of it once
    this.queues.set(name, made);
    return made;
  }
}

const inGroups = (planned: Planned[], most: number): Planned[][] =>
  Object.keys(priorities).flatMap((urgency) =>
    pieces(
      planned.filter((one) => one.urgency === urgency),
      most,
    ),
  );

const pieces = <T>(all: T[], most: number): T[][] =>
  Array.from({ length: Math.ceil(all.length / most) }, (_, at) => all.slice(at * most, (at + 1) * most));

/** One name a try: the entry of a worker that died keeps its name until BullMQ notices, and must not hold up the next try. */
const entryOf = (group: Planned[]) => ({
  name: 'send',
  data: { ids: group.map(({ id }) => id) },
  opts: { ...options, jobId: `${group[0]!.id}-${group[0]!.attempts}`, priority: priorities[group[0]!.urgency] },
});
