import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import { type Decreed, kazakhstan } from '#hours';
import { Database } from '#platform';

const everyMs = 60_000;

/** Days that the administrator has taken in: every process counts with them from its start, and a minute after they have changed at the latest. */
@Injectable()
export class DecreedDays implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('DecreedDays');
  private timer?: NodeJS.Timeout;

  constructor(private readonly db: Database) {}

  async onModuleInit() {
    await this.tryRead();
    this.timer = setInterval(() => void this.tryRead(), everyMs).unref();
  }

  onModuleDestroy() {
    clearInterval(this.timer);
    kazakhstan.decree([]);
  }

  async read() {
    kazakhstan.decree(
      await this.db.look<Decreed>('SELECT to_char(day, $1) AS day, is_off AS "isOff", kk, ru, en FROM calendar_days', ['YYYY-MM-DD']),
    );
  }

  /** While the database is away, the days of before count. */
  private async tryRead() {
    await this.read().catch((error: Error & { code?: string }) =>
      this.logger.warn({ what: 'The days could not be read', name: error.name, code: error.code }),
    );
  }
}
