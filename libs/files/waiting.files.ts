import { Injectable, Logger, type OnModuleDestroy, type OnModuleInit } from '@nestjs/common';
import type { Role, SignedIn } from '#contract';
import { Database, DomainError } from '#platform';
import { FilesMaking } from './files.making.js';
import { findUpload } from './upload.rows.js';

const system = { id: null, role: 'system' } as const;
const everyMs = 30_000;

/**
 * What waits for the scanner is looked at again without anybody asking: in the api, which alone can open it. The first that the scanner is
 * still away for ends the round, so that nothing is opened in vain.
 */
@Injectable()
export class WaitingFiles implements OnModuleInit, OnModuleDestroy {
  private readonly logger = new Logger('WaitingFiles');
  private timer?: NodeJS.Timeout;
  private running = false;

  constructor(
    private readonly db: Database,
    private readonly making: FilesMaking,
  ) {}

  onModuleInit() {
    this.timer = setInterval(() => void this.tryAll(), everyMs).unref();
  }

  onModuleDestroy() {
    clearInterval(this.timer);
  }

  /** Returns how many wait no longer. */
  async lookAgain(): Promise<number> {
    const waiting = await this.db.transaction(
      system,
      async (tx) =>
        (await tx.query(`SELECT id, owner_id AS "ownerId", owner_role AS role FROM uploads WHERE is_waiting ORDER BY id LIMIT 100`)) as {
          id: string;
          ownerId: string;
          role: Role;
        }[],
    );
    let done = 0;
    for (const { id, ownerId, role } of waiting) {
      const owner: SignedIn = { id: ownerId, role };
      await this.making.make(owner, id).catch((error: unknown) => {
        if (!(error instanceof DomainError)) throw error; // refused is looked at, too
      });
      if (await this.isStillWaiting(owner, id)) break;
      done += 1;
    }
    return done;
  }

  private async isStillWaiting(owner: SignedIn, id: string): Promise<boolean> {
    return Boolean(await this.db.transaction(owner, (tx) => findUpload(tx, id)));
  }

  private async tryAll() {
    if (this.running) return;
    this.running = true;
    try {
      await this.lookAgain();
    } catch (error) {
      const { name, code } = error as Error & { code?: string };
      this.logger.warn({ what: 'What waits could not be looked at', name, code });
    } finally {
      this.running = false;
    }
  }
}
