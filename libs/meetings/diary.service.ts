import { Injectable } from '@nestjs/common';
import { authorize, requireSignedIn } from '#access';
import type { Actor, DiaryEntry, MeetingsQuery } from '#contract';
import { Database } from '#platform';
import { spanOf } from './meetings.service.js';

type Row = Omit<DiaryEntry, 'from' | 'to'> & { from: Date; to: Date };

/** The House's day for the desk: who meets when and where, and of no case a word. */
@Injectable()
export class DiaryService {
  constructor(private readonly db: Database) {}

  async read(actor: Actor, query: MeetingsQuery): Promise<DiaryEntry[]> {
    requireSignedIn(actor);
    authorize(actor, 'diary.read', null);
    const { since, until } = spanOf(query);
    return this.db.transaction(actor, async (tx) => {
      const rows = (await tx.query(
        `SELECT d.meeting_id AS id, d.mode, d.place, d.starts_at AS "from", d.ends_at AS "to",
           concat_ws(' ', q.surname, q.given, nullif(q.patronymic, '')) AS mediator
         FROM house_diary($1, $2) d JOIN persons q ON q.id = d.mediator_id ORDER BY d.starts_at, d.meeting_id`,
        [since, until],
      )) as Row[];
      return rows.map((row) => ({ ...row, from: row.from.toISOString(), to: row.to.toISOString() }));
    });
  }
}
