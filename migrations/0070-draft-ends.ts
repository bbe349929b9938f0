import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [
  ['cases', 'writer_destroys', 'DELETE', 'cabinet_writer', `state = 'DRAFT'`],
  ['deadlines', 'writer_finds', 'SELECT', 'cabinet_writer', 'true'],
];

const belongings = ['applications', 'parties', 'deadlines', 'safety_answers'];

/**
 * The end of a draft that nobody came back to: its rows go with it and its keys are destroyed, so that it stays gone when a backup comes
 * back. Facts outlive what they tell of: ids and codes, in their chain. No other case can be deleted, by anybody.
 */
export class DraftEnds implements MigrationInterface {
  name = 'DraftEnds1764000000070';

  async up(db: QueryRunner) {
    for (const table of belongings)
      await db.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_case,
        ADD CONSTRAINT ${table}_case FOREIGN KEY (case_id) REFERENCES cases ON DELETE CASCADE`);
    await db.query(`
      ALTER TABLE notifications DROP CONSTRAINT notifications_case,
        ADD CONSTRAINT notifications_case FOREIGN KEY (case_id) REFERENCES cases ON DELETE SET NULL;
      ALTER TABLE events DROP CONSTRAINT events_case;
      CREATE INDEX deadlines_of_drafts ON deadlines (due_at) WHERE code = 'DRAFT_AUTODELETE' AND fired_at IS NULL AND cancelled_at IS NULL;

      -- True if it is gone. A draft whose time is not over, and one that something else still refers to, stays.
      CREATE FUNCTION destroy_draft(which uuid, at timestamptz) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE party uuid;
      BEGIN
        IF NOT EXISTS (SELECT 1 FROM deadlines d WHERE d.case_id = which AND d.code = 'DRAFT_AUTODELETE'
            AND d.fired_at IS NULL AND d.cancelled_at IS NULL AND d.due_at < destroy_draft.at) THEN
          RETURN false;
        END IF;
        FOR party IN SELECT p.id FROM parties p WHERE p.case_id = which LOOP
          PERFORM shred('party', party, 'draft', destroy_draft.at);
        END LOOP;
        DELETE FROM cases c WHERE c.id = which AND c.state = 'DRAFT';
        IF NOT FOUND THEN RAISE EXCEPTION USING ERRCODE = 'foreign_key_violation'; END IF;
        PERFORM shred('case', which, 'draft', destroy_draft.at);
        RETURN true;
      EXCEPTION WHEN foreign_key_violation THEN
        RETURN false;
      END $$;
      GRANT DELETE ON cases TO cabinet_writer;
      GRANT SELECT (case_id, code, due_at, fired_at, cancelled_at) ON deadlines TO cabinet_writer;
      GRANT EXECUTE ON FUNCTION destroy_draft(uuid, timestamptz) TO cabinet_worker;
      ALTER FUNCTION destroy_draft(uuid, timestamptz) OWNER TO cabinet_writer;
    `);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP FUNCTION destroy_draft(uuid, timestamptz); DROP INDEX deadlines_of_drafts;
      DROP POLICY writer_destroys ON cases; DROP POLICY writer_finds ON deadlines;
      REVOKE DELETE ON cases FROM cabinet_writer; REVOKE SELECT ON deadlines FROM cabinet_writer;
      ALTER TABLE notifications DROP CONSTRAINT notifications_case, ADD CONSTRAINT notifications_case FOREIGN KEY (case_id) REFERENCES cases;
      ALTER TABLE events ADD CONSTRAINT events_case FOREIGN KEY (case_id) REFERENCES cases NOT VALID;`);
    for (const table of belongings)
      await db.query(`ALTER TABLE ${table} DROP CONSTRAINT ${table}_case,
        ADD CONSTRAINT ${table}_case FOREIGN KEY (case_id) REFERENCES cases`);
  }
}
