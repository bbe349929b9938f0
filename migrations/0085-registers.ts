import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Registers that an administrator takes in: days off beside the listed ones, and courts; how a court that nothing refers to goes again. */
export class Registers implements MigrationInterface {
  name = 'Registers1764000000085';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE calendar_days (
        day date CONSTRAINT calendar_days_pk PRIMARY KEY,
        is_off boolean NOT NULL,
        kk text, ru text, en text,
        decreed_at timestamptz NOT NULL,
        CONSTRAINT calendar_days_named CHECK (NOT is_off OR (kk IS NOT NULL AND ru IS NOT NULL AND en IS NOT NULL))
      );
      GRANT SELECT, INSERT, UPDATE, DELETE ON calendar_days TO cabinet_app;
      GRANT SELECT ON calendar_days TO cabinet_worker;
      ALTER TABLE courts ADD imported_at timestamptz;
      GRANT DELETE ON courts TO cabinet_writer;
    `);
    await db.query(takesBack);
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP FUNCTION take_back_court(text);
      REVOKE DELETE ON courts FROM cabinet_writer;
      ALTER TABLE courts DROP imported_at;
      DROP TABLE calendar_days;
    `);
  }
}

/** The administrator's alone. False, and nothing is gone, while anything refers to it: the foreign keys say so, who sees none of those rows. */
const takesBack = `
  CREATE FUNCTION take_back_court(subject text) RETURNS boolean LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    IF current_office() IS DISTINCT FROM 'administrator' THEN RETURN false; END IF;
    DELETE FROM courts WHERE id = subject;
    RETURN FOUND;
  EXCEPTION WHEN foreign_key_violation OR restrict_violation THEN RETURN false;
  END $$;
  ALTER FUNCTION take_back_court(text) OWNER TO cabinet_writer;
  REVOKE ALL ON FUNCTION take_back_court(text) FROM PUBLIC;
  GRANT EXECUTE ON FUNCTION take_back_court(text) TO cabinet_app;`;
