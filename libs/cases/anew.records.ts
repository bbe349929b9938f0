import type { EntityManager } from 'typeorm';
import type { Side } from '#contract';
import { partyName } from './invitation.records.js';

export type AnewWord = { partyId: string; personId: string | null; side: Side; name: string; agreedAt: Date | null };

/** Who of the parties has said yes to another settlement since the court's last refusal. */
export const anewWordsOf = (tx: EntityManager, caseId: string) =>
  tx.query(
    `SELECT p.id AS "partyId", p.person_id AS "personId", p.side, ${partyName('p')} AS name, a.agreed_at AS "agreedAt"
     FROM cases c JOIN parties p ON p.case_id = c.id LEFT JOIN anew_agreements a ON a.party_id = p.id AND a.refused_at = c.state_since
     WHERE c.id = $1 ORDER BY p.side, p.ordinal`,
    [caseId],
  ) as Promise<AnewWord[]>;

export const isAgreedAnew = async (tx: EntityManager, caseId: string) => (await anewWordsOf(tx, caseId)).every(({ agreedAt }) => agreedAt);

/** For every party for which this person acts and has not spoken yet. Returns how many those were. */
export async function agreeAnew(tx: EntityManager, caseId: string, personId: string, at: Date): Promise<number> {
  const spoken = (await tx.query(
    `INSERT INTO anew_agreements (case_id, party_id, refused_at, person_id, agreed_at)
     SELECT c.id, p.id, c.state_since, $2, $3 FROM cases c JOIN parties p ON p.case_id = c.id WHERE c.id = $1 AND p.person_id = $2
     ON CONFLICT ON CONSTRAINT anew_agreements_pk DO NOTHING RETURNING party_id`,
    [caseId, personId, at],
  )) as object[];
  return spoken.length;
}
