import { Injectable } from '@nestjs/common';
import { authorize } from '#access';
import type { Actor, RegisterQuery, RegisterRow, RegisterRows } from '#contract';
import { Database, DomainError } from '#platform';

export type StoredRow = Omit<RegisterRow, 'filedAt' | 'since' | 'termAt' | 'ruledOn'> & {
  filedAt: Date;
  since: Date;
  termAt: Date | null;
  ruledOn: string | null;
};
export const registerColumns = `id, number, court_case_number AS "courtCaseNumber", category, filed_at AS "filedAt", state, state_since AS since, mediator, term_at AS "termAt",
  ground, letters, outcome, ruled_on::text AS "ruledOn", ruling_number AS "rulingNumber", duty_refund AS "dutyRefund", duty_amount::float8 AS "dutyAmount"`;

/** The register of the court's cases between two days, with the numbers under which the House wrote to it. */
@Injectable()
export class CourtRegister {
  constructor(private readonly db: Database) {}

  list(actor: Actor, { from, to, by, after, limit }: RegisterQuery): Promise<RegisterRows> {
    authorize(actor, 'court.caseload', null);
    const [at, id] = after ? placeOf(after) : [null, null];
    return this.db.asCourt(actor, async (tx) => {
      const rows = (await tx.query(
        `SELECT ${registerColumns} FROM court_register($1::date::timestamp AT TIME ZONE 'Asia/Almaty', ($2::date + 1)::timestamp AT TIME ZONE 'Asia/Almaty', $3, $4, $5, $6)`,
        [from, to, by === 'sent', at, id, limit + 1],
      )) as StoredRow[];
      const last = rows.length > limit ? rows[limit - 1]! : null;
      return { rows: rows.slice(0, limit).map(rowOf), next: last && `${last.filedAt.toISOString()}_${last.id}` };
    });
  }
}

function placeOf(after: string): [at: string, id: string] {
  const [, at, id] = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z)_([0-9a-f-]{36})$/.exec(after) ?? [];
  if (!at || !id) throw new DomainError('invalid', { fields: { after: 'invalid' } });
  return [at, id];
}

export const rowOf = ({ filedAt, since, termAt, letters, ...row }: StoredRow): RegisterRow => ({
  ...row,
  filedAt: filedAt.toISOString(),
  since: since.toISOString(),
  termAt: termAt?.toISOString() ?? null,
  letters: letters.map((letter) => ({ ...letter, at: new Date(letter.at).toISOString() })),
});
