import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import pg from 'pg';
import { CONFIG, type Config } from '#platform';

const [shortestMs, longestMs] = [250, 10_000];

/** Hears PostgreSQL call (NOTIFY outbox) on a line of its own, and finds the line again when it breaks. What was said meanwhile is polled. */
@Injectable()
export class Ear implements OnModuleDestroy {
  private readonly logger = new Logger('Ear');
  private line?: pg.Client;
  private timer?: NodeJS.Timeout;
  private delay = shortestMs;
  private stopped = false;
  private heard: () => void = () => undefined;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** Calls `heard` on every call, and whenever the line stands anew. */
  listen(heard: () => void) {
    this.heard = heard;
    void this.connect();
  }

  async onModuleDestroy() {
    this.stopped = true;
    clearTimeout(this.timer);
    await this.line?.end().catch(() => undefined);
  }

  private async connect() {
    const connectionString = this.config.WORKER_DATABASE_URL ?? this.config.DATABASE_URL;
    const line = new pg.Client({ connectionString, keepAlive: true, application_name: 'kelisim-worker-ear' });
    line.on('error', () => this.lost(line));
    line.on('end', () => this.lost(line));
    line.on('notification', () => this.heard());
    this.line = line;
    try {
      await line.connect();
      await line.query('LISTEN outbox');
      this.delay = shortestMs;
      this.heard();
    } catch {
      this.lost(line);
    }
  }

  private lost(line: pg.Client) {
    if (line !== this.line || this.stopped) return;
    this.line = undefined;
    line.end().catch(() => undefined);
    if (this.delay === shortestMs) this.logger.warn({ what: 'The line to the outbox broke' });
    this.timer = setTimeout(() => void this.connect(), this.delay);
    this.delay = Math.min(this.delay * 2, longestMs);
  }
}
