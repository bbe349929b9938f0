import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, LinkCase, SimilarCases } from '#contract';
import { Clock, Database, DomainError, record } from '#platform';
import { findCase, lockCase, subjectOf } from './case.moves.js';
import { partyName } from './invitation.records.js';

const shownAtMost = 20;
type Row = Omit<SimilarCases[number], 'filedAt'> & { filedAt: Date | null };

/** Duplicates and cases that belong together: found by what is alike, linked or not by a coordinator, and told to nobody else. */
@Injectable()
export class LinksService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  similar(actor: Actor, caseId: string): Promise<SimilarCases> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'case.screen', await subjectOf(tx, await findCase(tx, caseId)));
      return similarTo(tx, caseId);
    });
  }

  /** Both cases are held in one order, and the fact stands in both; done twice it is done once. Answers with what stands now. */
  link(actor: Actor, caseId: string, { caseId: otherId, linked }: LinkCase): Promise<SimilarCases> {
    return this.db.transaction(actor, async (tx) => {
      requireSignedIn(actor);
      const pair = [caseId, otherId].toSorted();
      for (const id of pair) authorize(actor, 'case.screen', await subjectOf(tx, await lockCase(tx, id)));
      if (caseId === otherId) throw new DomainError('invalid', { fields: { caseId: 'choose' } });
      const at = this.clock.now();
      const [change, sql] = linked
        ? (['case.linked', 'INSERT INTO linked_cases (case_id, other_id, linked_by, linked_at) VALUES ($1, $2, $3, $4)'] as const)
        : (['case.unlinked', unlink] as const);
      if ((await isLinked(tx, pair)) !== linked) {
        await tx.query(sql, [...pair, actor.id, at]);
        for (const id of pair) await record(tx, actor, { type: change, caseId: id, at });
      }
      return similarTo(tx, caseId);
    });
  }
}

const unlink = 'UPDATE linked_cases SET unlinked_by = $3, unlinked_at = $4 WHERE case_id = $1 AND other_id = $2 AND unlinked_at IS NULL';

async function isLinked(tx: EntityManager, pair: string[]): Promise<boolean> {
  const rows = (await tx.query(
    'SELECT 1 FROM linked_cases WHERE case_id = $1 AND other_id = $2 AND unlinked_at IS NULL',
    pair,
  )) as object[];
  return rows.length > 0;
}

async function similarTo(tx: EntityManager, caseId: string): Promise<SimilarCases> {
  const rows = (await tx.query(
    `WITH linked AS (SELECT CASE case_id WHEN $1 THEN other_id ELSE case_id END AS id FROM linked_cases
       WHERE (case_id = $1 OR other_id = $1) AND unlinked_at IS NULL),
     alike AS (SELECT * FROM similar_cases($1, $2))
     SELECT c.id AS "caseId", c.number, c.state, c.filed_at AS "filedAt", coalesce(a.alike, '{}') AS alike, l.id IS NOT NULL AS linked,
       (SELECT string_agg(${partyName('p')}, ' – ' ORDER BY p.side, p.ordinal) FROM parties p WHERE p.case_id = c.id) AS title
     FROM cases c LEFT JOIN alike a ON a.id = c.id LEFT JOIN linked l ON l.id = c.id
     WHERE a.id IS NOT NULL OR l.id IS NOT NULL ORDER BY l.id IS NOT NULL DESC, cardinality(coalesce(a.alike, '{}')) DESC, c.filed_at DESC, c.id`,
    [caseId, shownAtMost],
  )) as Row[];
  return rows.map((row) => ({ ...row, title: row.title ?? '', filedAt: row.filedAt?.toISOString() ?? null }));
}
