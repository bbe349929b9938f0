import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import { houseNumberFrom } from '#cases';
import type { Actor, CaseLooks, MetadataOpening, OpenedMetadata, OpenMetadata } from '#contract';
import { Clock, Database, DomainError, Keys, newId } from '#platform';

type Row = { id: string; personId: string; name: string; ground: Buffer; openedAt: Date; until: Date; endedAt: Date | null };
const groundLabel = (id: string) => `case-opening:${id}`;

/** Break-glass: an administrator sees the metadata of one case for a while, says why, and its parties are told. There is no way from here to a word of it. */
@Injectable()
export class OpeningsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
  ) {}

  open(actor: Actor, { number, ground, minutes }: OpenMetadata): Promise<{ id: string }> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'metadata.open', null);
      requireSignedIn(actor);
      const [id, at] = [newId(), this.clock.now()];
      const sealed = await this.keys.seal(tx, { scope: 'person', id: actor.id }, ground, groundLabel(id));
      const until = new Date(at.getTime() + minutes * 60_000);
      const [row] = (await tx.query('SELECT open_metadata($1, $2, $3, $4, $5) AS opened', [
        id,
        houseNumberFrom(number) ?? number,
        sealed,
        at,
        until,
      ])) as { opened: boolean }[];
      if (!row?.opened) throw new DomainError('not_found');
      return { id };
    });
  }

  /** Every opening there was, whoever made it, the newest first. */
  list(actor: Actor): Promise<MetadataOpening[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'metadata.open', null);
      const rows = (await tx.query(
        `SELECT o.id, o.person_id AS "personId", concat_ws(' ', p.surname, p.given) AS name, o.ground_sealed AS ground, o.opened_at AS "openedAt", o.until,
           o.ended_at AS "endedAt" FROM case_openings o JOIN persons p ON p.id = o.person_id ORDER BY o.opened_at DESC LIMIT 200`,
      )) as Row[];
      const now = this.clock.now();
      return Promise.all(
        rows.map(async ({ id, personId, name, ground, openedAt, until, endedAt }) => ({
          id,
          by: name,
          own: personId === actor.id,
          ground: await this.keys.open(tx, { scope: 'person', id: personId }, ground, groundLabel(id)),
          openedAt: openedAt.toISOString(),
          until: (endedAt ?? until).toISOString(),
          open: endedAt === null && until > now,
        })),
      );
    });
  }

  /** What is over is not there. */
  read(actor: Actor, id: string): Promise<OpenedMetadata> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'metadata.open', null);
      const now = this.clock.now();
      const [row] = (await tx.query(
        `SELECT number, state, category, district, door, language, filed_at AS "filedAt", state_since AS "stateSince", contract_at AS "contractAt",
           term_ends_at AS "termEndsAt", closed_at AS "closedAt", court_id AS "courtId", has_mediator AS "hasMediator", due_at AS "dueAt", undelivered
         FROM opened_case($1, $2)`,
        [id, now],
      )) as Record<string, unknown>[];
      if (!row) throw new DomainError('not_found');
      const facts = (await tx.query('SELECT type, at FROM opened_facts($1, $2)', [id, now])) as Record<string, unknown>[];
      return JSON.parse(JSON.stringify({ ...row, facts })) as OpenedMetadata;
    });
  }

  end(actor: Actor, id: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'metadata.open', null);
      const [row] = (await tx.query('SELECT end_metadata($1, $2) AS done', [id, this.clock.now()])) as { done: boolean }[];
      if (!row?.done) throw new DomainError('not_found');
    });
  }
}

/** Why a case was opened, for its parties. */
export async function groundsOf(tx: EntityManager, keys: Keys, caseId: string): Promise<CaseLooks['openings']> {
  const rows = (await tx.query(
    `SELECT id, person_id AS "personId", ground_sealed AS ground, opened_at AS "openedAt", until, ended_at AS "endedAt"
     FROM case_openings WHERE case_id = $1 ORDER BY opened_at DESC`,
    [caseId],
  )) as Omit<Row, 'name'>[];
  return Promise.all(
    rows.map(async ({ id, personId, ground, openedAt, until, endedAt }) => ({
      at: openedAt.toISOString(),
      until: (endedAt ?? until).toISOString(),
      ground: await keys.open(tx, { scope: 'person', id: personId }, ground, groundLabel(id)),
    })),
  );
}
