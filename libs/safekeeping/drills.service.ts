import { Injectable } from '@nestjs/common';
import { authorize } from '#access';
import type { Actor, Drill } from '#contract';
import { Database } from '#platform';

/** Reports of drills (`npm run drill`): a backup restored beside the cabinet and compared with it. */
@Injectable()
export class DrillsService {
  constructor(private readonly db: Database) {}

  list(actor: Actor): Promise<Drill[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'drill.read', null);
      const rows = (await tx.query(
        'SELECT id, begun_at AS "begunAt", ended_at AS "endedAt", holds, report FROM drills ORDER BY begun_at DESC LIMIT 100',
      )) as (Omit<Drill, 'begunAt' | 'endedAt'> & { begunAt: Date; endedAt: Date })[];
      return rows.map((row) => ({ ...row, begunAt: row.begunAt.toISOString(), endedAt: row.endedAt.toISOString() }));
    });
  }
}
