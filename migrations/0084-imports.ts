import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

const desk = `current_office() = 'coordinator'`;
/** Cases and mediators are the desk's; courts and days off the administrator's. */
const keeper = `current_office() = CASE WHEN kind IN ('referrals', 'mediators') THEN 'coordinator' ELSE 'administrator' END`;
const ofOwnImport = `EXISTS (SELECT 1 FROM imports i WHERE i.id = import_id)`;

export const policies: Policy[] = [
  ['imports', 'keeper_reads', 'SELECT', 'cabinet_app', keeper],
  ['imports', 'keeper_begins', 'INSERT', 'cabinet_app', null, `${keeper} AND made_by = current_person()`],
  ['imports', 'keeper_undoes', 'UPDATE', 'cabinet_app', keeper, 'true'],
  ['import_rows', 'keeper_reads', 'SELECT', 'cabinet_app', ofOwnImport],
  ['import_rows', 'keeper_adds', 'INSERT', 'cabinet_app', null, `${ofOwnImport} AND (case_id IS NULL OR sees_case(case_id))`],
  ['import_rows', 'keeper_undoes', 'UPDATE', 'cabinet_app', ofOwnImport, 'true'],
  ['referrals', 'desk_imports', 'INSERT', 'cabinet_app', null, `${desk} AND referred_by = current_person() AND sees_case(case_id)`],
];

/**
 * Tables that were taken in: the hash of the file, and which line became what. Of a court's table not a word stays; of a register, what each
 * line changed, so that it can be changed back.
 */
export class Imports implements MigrationInterface {
  name = 'Imports1764000000084';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE imports (
        id uuid CONSTRAINT imports_pk PRIMARY KEY,
        kind text NOT NULL CONSTRAINT imports_kind CHECK (kind IN ('referrals', 'mediators', 'holidays', 'courts')),
        file_hash bytea NOT NULL,
        made_by uuid NOT NULL CONSTRAINT imports_maker REFERENCES persons, made_at timestamptz NOT NULL,
        rows integer NOT NULL, good integer NOT NULL, undone_at timestamptz,
        CONSTRAINT imports_counts CHECK (good BETWEEN 0 AND rows)
      );
      CREATE UNIQUE INDEX imports_file ON imports (kind, file_hash) WHERE undone_at IS NULL;
      CREATE TABLE import_rows (
        import_id uuid NOT NULL CONSTRAINT import_rows_import REFERENCES imports,
        line integer NOT NULL,
        case_id uuid CONSTRAINT import_rows_case REFERENCES cases CONSTRAINT import_rows_once UNIQUE,
        subject text, before jsonb, after jsonb,
        undone_at timestamptz, kept_at timestamptz,
        CONSTRAINT import_rows_pk PRIMARY KEY (import_id, line),
        CONSTRAINT import_rows_of CHECK ((case_id IS NULL) = (subject IS NOT NULL) AND (subject IS NULL) = (after IS NULL)),
        CONSTRAINT import_rows_end CHECK (undone_at IS NULL OR kept_at IS NULL)
      );
      ALTER TABLE imports ENABLE ROW LEVEL SECURITY; ALTER TABLE imports FORCE ROW LEVEL SECURITY;
      ALTER TABLE import_rows ENABLE ROW LEVEL SECURITY; ALTER TABLE import_rows FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT, UPDATE (undone_at) ON imports TO cabinet_app;
      GRANT SELECT, INSERT, UPDATE (undone_at, kept_at) ON import_rows TO cabinet_app;
    `);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query('DROP POLICY desk_imports ON referrals; DROP TABLE import_rows, imports');
  }
}
