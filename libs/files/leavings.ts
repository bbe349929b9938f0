import { Inject, Injectable } from '@nestjs/common';
import { Clock, Database } from '#platform';
import { STORAGE, type Storage } from './storage.js';

const system = { id: null, role: 'system' } as const;
const atOnce = 500;

/** Removes from the storage what no row names any more, and ends uploads that nobody went on with. */
@Injectable()
export class Leavings {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    @Inject(STORAGE) private readonly storage: Storage,
  ) {}

  /** First the object, then the note of it: whatever falls in between is done again. */
  async remove(): Promise<number> {
    const rows = await this.db.look<{ object: string }>('SELECT object FROM storage_leavings LIMIT $1', [atOnce]);
    const objects = rows.map(({ object }) => object);
    await this.storage.remove(objects);
    await this.db.look('DELETE FROM storage_leavings WHERE object = ANY($1)', [objects]);
    return objects.length;
  }

  async sweep() {
    await this.db.transaction(system, (tx) => tx.query('DELETE FROM uploads WHERE expires_at < $1', [this.clock.now()]));
    while ((await this.remove()) === atOnce);
  }
}
