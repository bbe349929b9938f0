import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { authorize, requireSignedIn } from '#access';
import type { Actor, DecideObjection, ObjectionView } from '#contract';
import { Clock, Database, DomainError, Keys, newId, record } from '#platform';
import { cancelDeadline, findCase, lockCase, setDeadline, subjectOf } from './case.moves.js';
import { dueAt } from './deadline.rules.js';
import { partyName } from './invitation.records.js';
import { ReplacementsService } from './replacements.service.js';

type Row = Omit<ObjectionView, 'reason' | 'answer' | 'at' | 'due'> & { reason: Buffer; answer: Buffer | null; at: Date; due: Date };
type Open = { case_id: string; person_id: string; outcome: ObjectionView['outcome'] };

/**
 * A party does not trust the mediator to be impartial. The desk decides in two working days: upheld, and another one is sought with
 * this decision; dismissed, and the party reads why. Neither the mediator nor the other side learns that there was one.
 */
@Injectable()
export class ObjectionsService {
  constructor(
    private readonly db: Database,
    private readonly clock: Clock,
    private readonly keys: Keys,
    private readonly replacements: ReplacementsService,
  ) {}

  list(actor: Actor, caseId: string): Promise<ObjectionView[]> {
    return this.db.transaction(actor, async (tx) => {
      authorize(actor, 'case.read', await subjectOf(tx, await findCase(tx, caseId)));
      const rows = (await tx.query(objections, [caseId])) as Row[];
      const open = (sealed: Buffer, field: string) => this.keys.open(tx, { scope: 'case', id: caseId }, sealed, field);
      return Promise.all(
        rows.map(async (row) => ({
          ...row,
          reason: await open(row.reason, `objection:${row.id}`),
          answer: row.answer && (await open(row.answer, `objection:${row.id}:answer`)),
          at: row.at.toISOString(),
          due: row.due.toISOString(),
        })),
      );
    });
  }

  /** One at a time of one person; two people may object at once. */
  make(actor: Actor, caseId: string, reason: string): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      requireSignedIn(actor);
      const found = await lockCase(tx, caseId);
      authorize(actor, 'objection.make', await subjectOf(tx, found));
      if (!found.mediatorId || !objectable.includes(found.state))
        throw new DomainError('case.transition_forbidden', { state: found.state, action: 'replace_mediator' });
      const [open] = (await tx.query('SELECT 1 FROM objections WHERE case_id = $1 AND person_id = $2 AND outcome IS NULL', [
        caseId,
        actor.id,
      ])) as object[];
      if (open) throw new DomainError('conflict');
      const [id, at] = [newId(), this.clock.now()];
      const sealed = await this.keys.seal(tx, { scope: 'case', id: caseId }, reason, `objection:${id}`);
      const due = dueAt('OBJECTION', at, found.rulesOn);
      await tx.query(
        'INSERT INTO objections (id, case_id, mediator_id, person_id, reason_sealed, made_at, due_at) VALUES ($1, $2, $3, $4, $5, $6, $7)',
        [id, caseId, found.mediatorId, actor.id, sealed, at, due],
      );
      if (!(await isRunning(tx, caseId))) await setDeadline(tx, found, 'OBJECTION', at, { subjectId: id });
      await record(tx, actor, { type: 'objection.made', caseId, at, data: { objectionId: id, dueAt: due.toISOString() } });
    });
  }

  decide(actor: Actor, objectionId: string, { upheld, words }: DecideObjection): Promise<void> {
    return this.db.transaction(actor, async (tx) => {
      const asked = await findObjection(tx, objectionId);
      const found = await lockCase(tx, asked.case_id);
      authorize(actor, 'objection.decide', await subjectOf(tx, found));
      const { outcome, person_id: personId } = await findObjection(tx, objectionId);
      const decided = upheld ? 'upheld' : 'dismissed';
      if (outcome === decided) return;
      if (outcome) throw new DomainError('case.already_decided', { state: found.state });
      const at = this.clock.now();
      const sealed = words ? await this.keys.seal(tx, { scope: 'case', id: found.id }, words, `objection:${objectionId}:answer`) : null;
      await tx.query('UPDATE objections SET outcome = $2, decided_at = $3, decided_by = $4, answer_sealed = $5 WHERE id = $1', [
        objectionId,
        decided,
        at,
        actor.id,
        sealed,
      ]);
      await record(tx, actor, { type: 'objection.decided', caseId: found.id, at, data: { objectionId, personId, code: decided } });
      if (upheld) return this.replacements.takeBack(tx, actor, found);
      await cancelDeadline(tx, found.id, 'OBJECTION', at);
      const [{ next }] = (await tx.query('SELECT min(due_at) AS next FROM objections WHERE case_id = $1 AND outcome IS NULL', [
        found.id,
      ])) as [{ next: Date | null }];
      if (next) await setDeadline(tx, found, 'OBJECTION', at, { until: next });
    });
  }
}

/** While there is a mediator who can be replaced. */
const objectable: readonly string[] = [
  'MEDIATOR_ACCEPTED', 'CONTRACT_DRAFT', 'CONTRACT_SIGNING', 'IN_MEDIATION', 'EXTENDED', 'SETTLEMENT_DRAFT', 'SETTLEMENT_SIGNING',
]; // prettier-ignore

async function findObjection(tx: EntityManager, id: string): Promise<Open> {
  const [row] = (await tx.query('SELECT case_id, person_id, outcome FROM objections WHERE id = $1', [id])) as Open[];
  if (!row) throw new DomainError('not_found');
  return row;
}

async function isRunning(tx: EntityManager, caseId: string): Promise<boolean> {
  const rows = (await tx.query(
    `SELECT 1 FROM deadlines WHERE case_id = $1 AND code = 'OBJECTION' AND fired_at IS NULL AND cancelled_at IS NULL`,
    [caseId],
  )) as object[];
  return rows.length > 0;
}

const objections = `
  SELECT o.id, p.side, p.by, concat_ws(' ', q.surname, q.given, nullif(q.patronymic, '')) AS mediator,
    o.reason_sealed AS reason, o.made_at AS at, o.due_at AS due, o.outcome, o.answer_sealed AS answer
  FROM objections o JOIN persons q ON q.id = o.mediator_id 
    JOIN LATERAL (SELECT min(p.side) AS side, string_agg(${partyName('p')}, ', ' ORDER BY p.ordinal) AS by FROM parties p
      WHERE p.case_id = o.case_id AND p.person_id = o.person_id HAVING count(*) > 0) p ON true
  WHERE o.case_id = $1 ORDER BY o.made_at DESC, o.id DESC`;
