import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Extensions, who is asking, and the schema of wrapped keys. */
export class Ground implements MigrationInterface {
  name = 'Ground1764000000001';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE SCHEMA keys;
      GRANT USAGE ON SCHEMA keys TO cabinet_app, cabinet_worker, cabinet_backup;
      GRANT USAGE ON SCHEMA public TO cabinet_app, cabinet_worker, cabinet_guard, cabinet_writer, cabinet_court, cabinet_report, cabinet_backup;
      GRANT SELECT ON ALL TABLES IN SCHEMA public TO cabinet_backup; -- the list of migrations, which stands before the first of them
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO cabinet_backup;
      ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON SEQUENCES TO cabinet_backup;
      ALTER DEFAULT PRIVILEGES IN SCHEMA keys GRANT SELECT ON TABLES TO cabinet_backup;
      ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON FUNCTIONS FROM PUBLIC;

      -- Who asks: set for one transaction by Database.transaction(actor, ...), empty otherwise, so that a stray query sees nothing.
      CREATE FUNCTION current_person() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT nullif(current_setting('cabinet.person', true), '')::uuid $$;
      CREATE FUNCTION current_office() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT coalesce(current_setting('cabinet.role', true), '') $$;
      CREATE FUNCTION current_court() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT nullif(current_setting('cabinet.court', true), '') $$;
      -- The invitation whose code the visitor has shown.
      CREATE FUNCTION current_invitation() RETURNS uuid LANGUAGE sql STABLE PARALLEL SAFE AS
        $$ SELECT nullif(current_setting('cabinet.invitation', true), '')::uuid $$;
      GRANT EXECUTE ON FUNCTION current_person(), current_office(), current_court(), current_invitation()
        TO cabinet_app, cabinet_worker, cabinet_guard, cabinet_writer, cabinet_court, cabinet_report;

      CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN RAISE EXCEPTION '% is append-only', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;

      -- A data key per room, case, person or party, wrapped by a master key that the database never sees.
      CREATE TABLE keys.data_keys (
        scope text NOT NULL CONSTRAINT data_keys_scope CHECK (scope IN ('room', 'case', 'person', 'party')),
        scope_id uuid NOT NULL,
        version integer NOT NULL DEFAULT 1,
        master_id text NOT NULL,
        wrapped bytea NOT NULL,
        created_at timestamptz NOT NULL,
        CONSTRAINT data_keys_pk PRIMARY KEY (scope, scope_id, version)
      );
      CREATE TABLE shred_ledger (
        scope text NOT NULL,
        scope_id uuid NOT NULL,
        shredded_at timestamptz NOT NULL,
        reason text NOT NULL,
        CONSTRAINT shred_ledger_pk PRIMARY KEY (scope, scope_id)
      );
      CREATE TRIGGER shred_ledger_append_only BEFORE UPDATE OR DELETE ON shred_ledger FOR EACH ROW EXECUTE FUNCTION refuse_change();
    `);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP TABLE shred_ledger; DROP SCHEMA keys CASCADE; DROP FUNCTION refuse_change();
      DROP FUNCTION current_person(); DROP FUNCTION current_office(); DROP FUNCTION current_court(); DROP FUNCTION current_invitation();`);
  }
}
