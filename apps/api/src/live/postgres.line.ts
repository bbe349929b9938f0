import { Inject, Injectable, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Client } from 'pg';
import { CONFIG, type Config } from '#platform';

type Listener = { told: (id: string) => void; back: () => unknown };
const backOff = 1_000;

/** What PostgreSQL tells every api process at a commit, in the order of commits: ids that ended or changed. One connection per process. */
@Injectable()
export class PostgresLine implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly listeners = new Map<string, Listener>();
  private line?: Client;
  private stopped = false;

  constructor(@Inject(CONFIG) private readonly config: Config) {}

  /** `back` is called whenever the line stands: what was told meanwhile is lost. */
  listen(channel: string, told: Listener['told'], back: Listener['back']) {
    this.listeners.set(channel, { told, back });
  }

  onApplicationBootstrap() {
    return this.connect();
  }

  async onApplicationShutdown() {
    this.stopped = true;
    await this.line?.end().catch(() => undefined);
  }

  private async connect() {
    const line = new Client({ connectionString: this.config.DATABASE_URL, keepAlive: true, application_name: 'kelisim-line' });
    line.on('notification', ({ channel, payload }) => payload && this.listeners.get(channel)?.told(payload));
    line.on('error', () => this.reconnect(line));
    line.on('end', () => this.reconnect(line));
    try {
      await line.connect();
      for (const channel of this.listeners.keys()) await line.query(`LISTEN ${channel}`);
      this.line = line;
      for (const { back } of this.listeners.values()) await back();
    } catch {
      this.reconnect(line);
    }
  }

  private reconnect(line: Client) {
    line.removeAllListeners().on('error', () => undefined);
    void line.end().catch(() => undefined);
    if (!this.stopped) setTimeout(() => void this.connect(), backOff).unref();
  }
}
