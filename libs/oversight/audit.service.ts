import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, noteLook } from '#access';
import { findCase, subjectOf } from '#cases';
import type { Actor, AuditExport, AuditReport, AuditRoot } from '#contract';
import { Clock, Database, record } from '#platform';
import { endOf } from './audit.roots.js';
import { leafOf, pathOf } from './audit.tree.js';
import { verdictOn } from './audit.verify.js';

type Root = { day: string; previous: string; root: string };

/** The chain of a case's facts: checked, and given out so that it can be checked elsewhere. Ids and codes; it has no word of the dispute. */
@Injectable()
export class AuditService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  /** For everybody: what partners keep, so that nobody can change it later. The newest first. */
  roots(): Promise<AuditRoot[]> {
    return this.db.look(
      `SELECT day::text AS day, chains::float8 AS chains, encode(root, 'hex') AS root FROM audit_roots ORDER BY day DESC LIMIT 400`,
      [],
    );
  }

  check(actor: Actor, caseId: string): Promise<AuditReport> {
    return this.db.transaction(actor, async (tx) => {
      const made = await exportOf(tx, actor, caseId);
      return { ...verdictOn(made), day: made.proof?.day ?? null };
    });
  }

  /** Who took it is a fact of the house, not of the case: the chain that was given out stays the chain. */
  export(actor: Actor, caseId: string): Promise<AuditExport> {
    return this.db.transaction(actor, async (tx) => {
      const made = await exportOf(tx, actor, caseId);
      await record(tx, actor, { type: 'audit.exported', at: this.clock.now(), data: { number: made.number, facts: made.facts.length } });
      await noteLook(tx, actor, { caseId, what: 'chain', at: this.clock.now() });
      return made;
    });
  }
}

async function exportOf(tx: EntityManager, actor: Actor, caseId: string): Promise<AuditExport> {
  const found = await findCase(tx, caseId);
  authorize(actor, 'case.audit', await subjectOf(tx, found));
  const facts = (await tx.query(
    `SELECT id, seq::float8 AS seq, type, actor_id AS "actorId", actor_role AS "actorRole",
       to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') AS at, data::text AS data, encode(hash, 'hex') AS hash
     FROM events WHERE case_id = $1 ORDER BY seq`,
    [caseId],
  )) as AuditExport['facts'];
  return { format: 'kelisim-audit-1', chain: caseId, number: found.number ?? '', facts, proof: await proofOf(tx, caseId) };
}

/** From the chain's head at the newest root that covers it up to that root. */
async function proofOf(tx: EntityManager, caseId: string): Promise<AuditExport['proof']> {
  const [root] = (await tx.query(
    `SELECT day::text AS day, encode(previous, 'hex') AS previous, encode(root, 'hex') AS root FROM audit_roots ORDER BY day DESC LIMIT 1`,
  )) as Root[];
  if (!root) return null;
  const heads = (await tx.query(`SELECT chain, seq::float8 AS seq, encode(hash, 'hex') AS hash FROM audit_leaves($1)`, [
    endOf(root.day),
  ])) as {
    chain: string;
    seq: number;
    hash: string;
  }[];
  const index = heads.findIndex(({ chain }) => chain === caseId);
  if (index < 0) return null;
  return { ...root, seq: heads[index]!.seq, path: pathOf(heads.map(leafOf), index) };
}
