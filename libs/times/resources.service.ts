import { Injectable } from '@nestjs/common';
import { authorize, requireSignedIn } from '#access';
import type { Actor, KeepResource, ResourceView } from '#contract';
import { Clock, Database, DomainError } from '#platform';

const columns = `id, kind, name, languages, step_free AS "stepFree", weekly, buffer_minutes AS "bufferMinutes", closed`;

/** Rooms of the House and interpreters, kept by the desk. One that is closed takes no new meeting; booked ones stand. */
@Injectable()
export class ResourcesService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  list(actor: Actor): Promise<ResourceView[]> {
    requireSignedIn(actor);
    return this.db.transaction(
      actor,
      async (tx) => (await tx.query(`SELECT ${columns} FROM resources ORDER BY kind DESC, name COLLATE "kk-x-icu", id`)) as ResourceView[],
    );
  }

  /** Written anew or for the first time: the id is the browser's. What a place is, it stays: a room never becomes an interpreter. */
  keep(actor: Actor, id: string, { kind, name, languages, stepFree, weekly, bufferMinutes, closed }: KeepResource): Promise<ResourceView> {
    requireSignedIn(actor);
    authorize(actor, 'resource.keep', null);
    return this.db.transaction(actor, async (tx) => {
      await tx.query(
        `INSERT INTO resources (id, kind, name, languages, step_free, weekly, buffer_minutes, closed, changed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
         ON CONFLICT (id) DO UPDATE SET name = excluded.name, languages = excluded.languages, step_free = excluded.step_free,
           weekly = excluded.weekly, buffer_minutes = excluded.buffer_minutes, closed = excluded.closed, changed_at = excluded.changed_at
         WHERE resources.kind = excluded.kind`,
        [id, kind, name, languages, stepFree, JSON.stringify(weekly), bufferMinutes, closed, this.clock.now()],
      );
      const [kept] = (await tx.query(`SELECT ${columns} FROM resources WHERE id = $1`, [id])) as ResourceView[];
      if (kept?.kind !== kind) throw new DomainError('conflict');
      return kept;
    });
  }
}
