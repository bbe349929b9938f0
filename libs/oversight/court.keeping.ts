import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, CourtFilters, KeepCourtFilter, WatchCases } from '#contract';
import { Clock, Database, DomainError, newId } from '#platform';

const keptAtMost = 30;
const keptIn = (tx: EntityManager) =>
  tx.query('SELECT id, name, query FROM court_filters ORDER BY name COLLATE "kk-x-icu"') as Promise<CourtFilters>;

/** What a clerk keeps for himself: searches by name, and cases he keeps an eye on. */
@Injectable()
export class CourtKeeping {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  filters(actor: Actor): Promise<CourtFilters> {
    return this.db.transaction(actor, (tx) => {
      authorize(actor, 'court.caseload', null);
      return keptIn(tx);
    });
  }

  /** The same name again is the same filter, changed. */
  keepFilter(actor: Actor, { name, query }: KeepCourtFilter): Promise<CourtFilters> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'court.caseload', null);
      requireSignedIn(actor);
      await tx.query('DELETE FROM court_filters WHERE name = $1', [name]);
      const [{ kept }] = (await tx.query('SELECT count(*)::integer AS kept FROM court_filters')) as [{ kept: number }];
      if (kept >= keptAtMost) throw new DomainError('conflict');
      await tx.query('INSERT INTO court_filters (id, court_id, person_id, name, query, kept_at) VALUES ($1, $2, $3, $4, $5, $6)', [
        newId(),
        actor.courtId,
        actor.id,
        name,
        query,
        this.clock.now(),
      ]);
      return keptIn(tx);
    });
  }

  dropFilter(actor: Actor, id: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'court.caseload', null);
      const [, gone] = (await tx.query('DELETE FROM court_filters WHERE id = $1', [id])) as [unknown, number];
      if (gone === 0) throw new DomainError('not_found');
    });
  }

  /** Which of them are the court's own is asked in the court's own view; the others are passed over. */
  async watch(actor: Actor, { caseIds, watched }: WatchCases): Promise<{ changed: number }> {
    authorize(actor, 'court.caseload', null);
    requireSignedIn(actor);
    const own = await this.db.asCourt(actor, (tx) => tx.query('SELECT id FROM court_cases WHERE id = ANY ($1)', [caseIds]));
    const ids = (own as { id: string }[]).map(({ id }) => id);
    return this.db.transaction(actor, async (tx) => {
      const rows = (await tx.query(
        watched
          ? `INSERT INTO court_watches (person_id, court_id, case_id, since) SELECT $1, $2, id, $4 FROM unnest($3::uuid[]) id ON CONFLICT DO NOTHING RETURNING 1`
          : 'WITH gone AS (DELETE FROM court_watches WHERE person_id = $1 AND court_id = $2 AND case_id = ANY ($3) AND since <= $4 RETURNING 1) SELECT 1 FROM gone',
        [actor.id, actor.courtId, ids, this.clock.now()],
      )) as object[];
      return { changed: rows.length };
    });
  }
}
