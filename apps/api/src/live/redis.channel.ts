import { Inject, Injectable, Logger, type OnApplicationShutdown } from '@nestjs/common';
import { Redis } from 'ioredis';
import { CONFIG, type Config } from '#platform';

type Listener = { told: (message: unknown) => void; back: () => void };

const backOff = (attempt: number) => Math.min(attempt * 100, 2_000);

/**
 * Hints between processes: ids only, never a word of content. Redis may be away or flushed at any time; what is lost is found again
 * in the database, so a failed publish is noted and forgotten.
 */
@Injectable()
export class RedisChannel implements OnApplicationShutdown {
  private readonly logger = new Logger('RedisChannel');
  private readonly listeners = new Map<string, Listener[]>();
  private readonly prefix: string;
  private readonly out: Redis;
  private readonly ear: Redis;
  private quiet = false;

  constructor(@Inject(CONFIG) { REDIS_URL, QUEUE_PREFIX }: Config) {
    this.prefix = QUEUE_PREFIX;
    const options = { enableOfflineQueue: false, maxRetriesPerRequest: null, retryStrategy: backOff, autoResubscribe: false };
    this.out = new Redis(REDIS_URL, options);
    this.ear = new Redis(REDIS_URL, options);
    for (const line of [this.out, this.ear])
      line.on('error', (error: Error & { code?: string }) => this.complain(error.code ?? error.name));
    this.ear.on('ready', () => void this.subscribe());
    this.ear.on('message', (channel: string, text: string) => this.hear(channel, text));
  }

  /** `back` is called whenever the line stands again: what was said meanwhile is lost. */
  listen(name: string, told: (message: unknown) => void, back: () => void = () => undefined) {
    const channel = `${this.prefix}:${name}`;
    this.listeners.set(channel, [...(this.listeners.get(channel) ?? []), { told, back }]);
    if (this.ear.status === 'ready') void this.subscribe();
  }

  /** False: nobody will hear it. */
  async publish(name: string, message: object): Promise<boolean> {
    try {
      await this.out.publish(`${this.prefix}:${name}`, JSON.stringify(message));
      return true;
    } catch (error) {
      this.complain((error as Error).name);
      return false;
    }
  }

  onApplicationShutdown() {
    this.out.disconnect();
    this.ear.disconnect();
  }

  private async subscribe() {
    if (this.listeners.size === 0) return;
    try {
      await this.ear.subscribe(...this.listeners.keys());
      this.quiet = false;
      for (const { back } of [...this.listeners.values()].flat()) back();
    } catch (error) {
      this.complain((error as Error).name);
    }
  }

  private hear(channel: string, text: string) {
    try {
      for (const { told } of this.listeners.get(channel) ?? []) told(JSON.parse(text));
    } catch (error) {
      this.logger.warn({ what: 'A hint was not understood', channel, name: (error as Error).name });
    }
  }

  /** Once per outage. */
  private complain(code: string) {
    if (!this.quiet) this.logger.warn({ what: 'Redis does not carry hints', code });
    this.quiet = true;
  }
}
