import { Inject, Injectable, Logger } from '@nestjs/common';
import { Database } from '#platform';
import { STORAGE, type Storage } from './storage.js';

const [dayMs, askedAtOnce, few] = [24 * 3_600_000, 1_000, 100];

/**
 * What lies in the storage and is named by no row: a process fell between the bytes and their row. Only what is older than a day by the
 * storage's own clock, longer than any upload lasts; two at once remove the same, and what is gone is gone.
 */
@Injectable()
export class Orphans {
  private readonly logger = new Logger('Orphans');

  constructor(
    private readonly db: Database,
    @Inject(STORAGE) private readonly storage: Storage,
  ) {}

  /** Returns how many were removed. */
  async sweep(): Promise<number> {
    const { seen, unnamed } = await this.find();
    // A storage of somebody else, or a database that was put back without its files' rows: a person looks first.
    if (unnamed.length > few && unnamed.length * 2 > seen) {
      this.logger.error({ what: 'Most of what lies in the storage is not known here, and stays', seen, unnamed: unnamed.length });
      return 0;
    }
    await this.storage.remove(unnamed);
    return unnamed.length;
  }

  private async find(): Promise<{ seen: number; unnamed: string[] }> {
    const before = Date.now() - dayMs; // the storage dates by the time of the day, whatever clock the cabinet goes by
    const unnamed: string[] = [];
    let [seen, held] = [0, [] as string[]];
    const ask = async () => {
      const rows = await this.db.look<{ object: string }>('SELECT object FROM objects_unnamed($1) object', [held]);
      unnamed.push(...rows.map(({ object }) => object));
      held = [];
    };
    for await (const { name, at } of this.storage.list()) {
      seen += 1;
      if (at.getTime() < before) held.push(name);
      if (held.length >= askedAtOnce) await ask();
    }
    if (held.length > 0) await ask();
    return { seen, unnamed };
  }
}
