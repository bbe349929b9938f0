import { createHash } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Actor, AttorneyPower, PaperView, Side, SignedIn } from '#contract';
import type { Day } from '#hours';
import { DomainError, type Keys } from '#platform';
import type { Case } from './case.entity.js';
import { lockCase } from './case.moves.js';
import { partyName } from './invitation.records.js';

export type PaperKind = PaperView['kind'];
export type PaperContent = {
  kind: PaperKind;
  scope: PaperView['scope'];
  number: string | null;
  text: PaperView['text'];
  amountKzt: number | null;
};
export type Paper = {
  id: string;
  caseId: string;
  kind: PaperKind;
  scope: PaperView['scope'];
  sealed: Buffer;
  hash: Buffer;
  frozenAt: Date | null;
  concludedAt: Date | null;
  abandonedAt: Date | null;
  /** The court did not approve it, and another is being written: read as it was concluded, and nothing is done to it any more. */
  supersededAt: Date | null;
};
/** Who has to confirm a paper: every party of the case and its mediator, who is of no side. */
export type Signer = {
  personId: string | null;
  partyId: string | null;
  side: Side | null;
  name: string;
  /** What a power of attorney gives, where the party signs by one; its last day. */
  powers: AttorneyPower[] | null;
  until: string | null;
  confirmedAt: Date | null;
};

/** SHA-256 of the canonical text: a JSON array of kind, scope, case number, the texts in kk, ru, en and a sum if there is one, as UTF-8 without spaces. */
export const hashOf = ({ kind, scope, number, text: { kk, ru, en }, amountKzt }: PaperContent): Buffer =>
  createHash('sha256')
    .update(JSON.stringify([kind, scope, number, kk, ru, en ?? null, ...(amountKzt === null ? [] : [amountKzt])]))
    .digest();

const columns = `id, case_id AS "caseId", kind, scope, text_sealed AS sealed, hash, frozen_at AS "frozenAt", concluded_at AS "concludedAt", abandoned_at AS "abandonedAt", superseded_at AS "supersededAt"`;

export async function findPaper(tx: EntityManager, id: string): Promise<Paper> {
  const [paper] = (await tx.query(`SELECT ${columns} FROM papers WHERE id = $1`, [id])) as Paper[];
  if (!paper) throw new DomainError('not_found');
  return paper;
}

/** The case is held first, then the paper is read: what happens to a paper happens in turn. */
export async function lockPaper(tx: EntityManager, id: string): Promise<{ found: Case; paper: Paper }> {
  const { caseId } = await findPaper(tx, id);
  const found = await lockCase(tx, caseId);
  return { found, paper: await findPaper(tx, id) };
}

/** The paper of this kind that stands: drafted, frozen or concluded. */
export async function standingPaper(tx: EntityManager, caseId: string, kind: PaperKind): Promise<Paper | null> {
  const rows = (await tx.query(
    `SELECT ${columns} FROM papers WHERE case_id = $1 AND kind = $2 AND abandoned_at IS NULL AND superseded_at IS NULL`,
    [caseId, kind],
  )) as Paper[];
  return rows[0] ?? null;
}

export async function writePaper(
  tx: EntityManager,
  keys: Keys,
  { id, caseId, content, by, at }: { id: string; caseId: string; content: PaperContent; by: SignedIn; at: Date },
): Promise<void> {
  const { text, amountKzt } = content;
  const words = amountKzt === null ? text : { ...text, amountKzt };
  const sealed = await keys.seal(tx, { scope: 'case', id: caseId }, JSON.stringify(words), additional(id));
  await tx.query(
    'INSERT INTO papers (id, case_id, kind, scope, text_sealed, hash, drafted_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
    [id, caseId, content.kind, content.scope, sealed, hashOf(content), by.id, at],
  );
}

export async function wordsOf(
  tx: EntityManager,
  keys: Keys,
  { id, caseId, sealed }: Paper,
): Promise<Pick<PaperView, 'text' | 'amountKzt'>> {
  const words = JSON.parse(await keys.open(tx, { scope: 'case', id: caseId }, sealed, additional(id))) as PaperView['text'] & {
    amountKzt?: number;
  };
  const { amountKzt = null, ...text } = words;
  return { text, amountKzt };
}

export const markPaper = (tx: EntityManager, id: string, column: 'frozen_at' | 'concluded_at' | 'abandoned_at', at: Date) =>
  tx.query(`UPDATE papers SET ${column} = $2 WHERE id = $1`, [id, at]);

export const signersOf = (tx: EntityManager, paper: Paper) =>
  tx.query(
    `SELECT p.person_id AS "personId", p.id AS "partyId", p.side, ${partyName('p')} AS name,
       CASE p.representative_kind WHEN 'poa' THEN coalesce(p.attorney_powers, '{}') END AS powers, p.attorney_until::text AS until,
       c.confirmed_at AS "confirmedAt"
     FROM parties p LEFT JOIN confirmations c ON c.paper_id = $1 AND c.party_id = p.id WHERE p.case_id = $2
     UNION ALL
     SELECT m.id, NULL, NULL, concat_ws(' ', m.surname, m.given, nullif(m.patronymic, '')), NULL, NULL, c.confirmed_at
     FROM cases k JOIN persons m ON m.id = k.mediator_id LEFT JOIN confirmations c ON c.paper_id = $1 AND c.person_id = m.id AND c.party_id IS NULL
     WHERE k.id = $2
     ORDER BY 3 NULLS LAST, 4`,
    [paper.id, paper.caseId],
  ) as Promise<Signer[]>;

const powerFor: Record<PaperKind, AttorneyPower> = {
  contract: 'sign_contract',
  extension: 'sign_contract',
  settlement: 'sign_settlement',
};

/** Not stated, or over: no signature (commentary to CPC art. 176; lifecycle.md section 5). Who signs for himself or as a head needs none. */
export const lacksPower = ({ kind }: Paper, { powers, until }: Signer, today: Day): boolean =>
  powers !== null && (!powers.includes(powerFor[kind]) || (until !== null && until < today));

export type ConfirmationMethod = 'otp' | 'slip';

/** The way in which the actor would confirm, if it is approved for this environment; where there is none, no mediation begins. */
export async function approvedMethod(tx: EntityManager, environment: string, actor?: Actor): Promise<ConfirmationMethod | null> {
  const method: ConfirmationMethod = actor && (await signsBySlip(tx, actor)) ? 'slip' : 'otp';
  const found = (await tx.query('SELECT 1 FROM confirmation_methods WHERE approved AND $1 = ANY (environments) AND method = $2', [
    environment,
    method,
  ])) as object[];
  return found.length > 0 ? method : null;
}

/** Who sits at the House's computer and can be reached by nothing has his slip, and the operator has looked at him. */
async function signsBySlip(tx: EntityManager, { id, role, openedBy }: Actor): Promise<boolean> {
  if (!openedBy || role !== 'citizen') return false;
  const rows = (await tx.query('SELECT 1 FROM persons WHERE id = $1 AND email_hash IS NULL AND phone_hash IS NULL', [id])) as object[];
  return rows.length > 0;
}

const additional = (id: string) => `paper:${id}`;
