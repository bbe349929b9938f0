import { Injectable } from '@nestjs/common';
import { authorize } from '#access';
import { findCase, subjectOf } from '#cases';
import type { Actor, CaseLook, CaseLooks } from '#contract';
import { Database, Keys } from '#platform';
import { groundsOf } from './openings.service.js';

type Row = Omit<CaseLook, 'hour'> & { hour: Date };

/** Who looked at a case and when, for its parties. The row-level policy cuts it to one's own side and to the time since one joined. */
@Injectable()
export class LooksService {
  constructor(
    private readonly db: Database,
    private readonly keys: Keys,
  ) {}

  list(actor: Actor, caseId: string): Promise<CaseLooks> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'look.read', await subjectOf(tx, await findCase(tx, caseId)));
      const rows = (await tx.query(
        `SELECT l.capacity, CASE WHEN l.capacity IN ('mediator', 'co_mediator') THEN concat_ws(' ', p.surname, p.given, nullif(p.patronymic, '')) END AS name,
           l.court_id AS "courtId", l.what, l.hour
         FROM case_looks l JOIN persons p ON p.id = l.person_id WHERE l.case_id = $1
         GROUP BY 1, 2, 3, 4, 5 ORDER BY l.hour DESC, 1, 2, 4 LIMIT 500`,
        [caseId],
      )) as Row[];
      return { looks: rows.map((row) => ({ ...row, hour: row.hour.toISOString() })), openings: await groundsOf(tx, this.keys, caseId) };
    });
  }
}
