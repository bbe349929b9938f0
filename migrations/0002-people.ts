import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Accounts, sessions, roles, one-time codes, consents, and the counters against guessing. */
export class People implements MigrationInterface {
  name = 'People1764000000002';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE courts (
        id text CONSTRAINT courts_pk PRIMARY KEY,
        code text,
        level text NOT NULL,
        kk text NOT NULL, ru text NOT NULL, en text NOT NULL
      );
      CREATE TABLE persons (
        id uuid CONSTRAINT persons_pk PRIMARY KEY,
        surname text NOT NULL, given text NOT NULL, patronymic text NOT NULL DEFAULT '',
        language text NOT NULL CONSTRAINT persons_language CHECK (language IN ('kk', 'ru', 'en')),
        email_sealed bytea, email_hash bytea CONSTRAINT persons_email UNIQUE,
        phone_sealed bytea, phone_hash bytea CONSTRAINT persons_phone UNIQUE,
        iin_sealed bytea, iin_hash bytea,
        assurance text NOT NULL DEFAULT 'code' CONSTRAINT persons_assurance CHECK (assurance IN ('self_declared', 'code', 'desk', 'eds')),
        created_at timestamptz NOT NULL,
        disabled_at timestamptz,
        CONSTRAINT persons_reachable CHECK (email_hash IS NOT NULL OR phone_hash IS NOT NULL)
      );
      CREATE INDEX persons_iin ON persons (iin_hash);

      CREATE TABLE credentials (
        person_id uuid CONSTRAINT credentials_pk PRIMARY KEY CONSTRAINT credentials_person REFERENCES persons,
        password_hash text,
        totp_sealed bytea, totp_confirmed_at timestamptz,
        totp_last_step bigint NOT NULL DEFAULT 0,
        changed_at timestamptz NOT NULL
      );
      CREATE TABLE person_roles (
        person_id uuid NOT NULL CONSTRAINT person_roles_person REFERENCES persons,
        role text NOT NULL CONSTRAINT person_roles_role CHECK (role IN ('citizen', 'mediator', 'coordinator', 'court', 'council', 'administrator')),
        court_id text CONSTRAINT person_roles_court REFERENCES courts,
        granted_by uuid, granted_at timestamptz NOT NULL,
        CONSTRAINT person_roles_pk PRIMARY KEY (person_id, role),
        CONSTRAINT person_roles_court_named CHECK ((role = 'court') = (court_id IS NOT NULL))
      );
      CREATE TABLE sessions (
        id uuid CONSTRAINT sessions_pk PRIMARY KEY,
        token_hash bytea NOT NULL CONSTRAINT sessions_token UNIQUE,
        person_id uuid NOT NULL CONSTRAINT sessions_person REFERENCES persons,
        role text NOT NULL,
        court_id text,
        second_factor_at timestamptz,
        own_device boolean NOT NULL DEFAULT false,
        device text NOT NULL DEFAULT '',
        created_at timestamptz NOT NULL, last_seen_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
        revoked_at timestamptz
      );
      CREATE INDEX sessions_person ON sessions (person_id, role, last_seen_at);
      -- Whoever ends a session: every api process hears of it at the commit and drops its sockets.
      CREATE FUNCTION tell_revoked() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_notify('sessions', NEW.id::text); RETURN NULL; END $$;
      CREATE TRIGGER sessions_tell_revoked AFTER UPDATE OF revoked_at ON sessions FOR EACH ROW
        WHEN (OLD.revoked_at IS NULL AND NEW.revoked_at IS NOT NULL) EXECUTE FUNCTION tell_revoked();

      CREATE TABLE consents (
        person_id uuid NOT NULL CONSTRAINT consents_person REFERENCES persons,
        document text NOT NULL, version text NOT NULL,
        given_at timestamptz NOT NULL, withdrawn_at timestamptz,
        CONSTRAINT consents_pk PRIMARY KEY (person_id, document, version)
      );
      -- One-time codes by e-mail or SMS. The code is checked by its keyed hash; its sealed copy is for the one delivery and goes with it.
      -- The sealed contact stays until the code is used, when it becomes an account's; a row without a sealed code is never sent.
      CREATE TABLE one_time_codes (
        id uuid CONSTRAINT one_time_codes_pk PRIMARY KEY,
        purpose text NOT NULL,
        channel text NOT NULL CONSTRAINT one_time_codes_channel CHECK (channel IN ('email', 'sms')),
        contact_hash bytea NOT NULL,
        person_id uuid CONSTRAINT one_time_codes_person REFERENCES persons,
        subject_id uuid,
        language text NOT NULL,
        contact_sealed bytea, code_sealed bytea, code_hash bytea NOT NULL,
        created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, used_at timestamptz
      );
      CREATE TABLE staff_invitations (
        id uuid CONSTRAINT staff_invitations_pk PRIMARY KEY,
        role text NOT NULL, court_id text CONSTRAINT staff_invitations_court REFERENCES courts,
        surname text NOT NULL, given text NOT NULL, patronymic text NOT NULL DEFAULT '', language text NOT NULL,
        email_sealed bytea NOT NULL, code_sealed bytea, code_hash bytea NOT NULL CONSTRAINT staff_invitations_code UNIQUE,
        invited_by uuid NOT NULL CONSTRAINT staff_invitations_by REFERENCES persons,
        created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
        used_at timestamptz, used_by uuid CONSTRAINT staff_invitations_used_by REFERENCES persons
      );
      -- Counters against guessing live here, so flushing Redis opens no door. Buckets are keyed hashes or plain names of budgets.
      CREATE TABLE throttles (
        bucket text NOT NULL, window_start timestamptz NOT NULL, hits integer NOT NULL,
        CONSTRAINT throttles_pk PRIMARY KEY (bucket, window_start)
      );

      CREATE TABLE mediators (
        person_id uuid CONSTRAINT mediators_pk PRIMARY KEY CONSTRAINT mediators_person REFERENCES persons,
        kind text NOT NULL CONSTRAINT mediators_kind CHECK (kind IN ('professional', 'public')),
        register_number text NOT NULL CONSTRAINT mediators_number UNIQUE,
        register_entry_date date NOT NULL,
        languages text[] NOT NULL, fields text[] NOT NULL, district text NOT NULL,
        capacity integer NOT NULL CONSTRAINT mediators_capacity CHECK (capacity >= 0),
        status text NOT NULL DEFAULT 'active' CONSTRAINT mediators_status CHECK (status IN ('active', 'suspended', 'excluded')),
        status_from date, status_until date,
        certificate_number text, certificate_until date,
        weekly jsonb NOT NULL DEFAULT '[]'
      );

      GRANT SELECT ON courts, persons, mediators TO cabinet_app, cabinet_worker;
      GRANT INSERT, UPDATE ON persons, mediators TO cabinet_app;
      GRANT INSERT, UPDATE ON courts TO cabinet_app;
      GRANT SELECT, INSERT, UPDATE ON credentials, sessions, consents, staff_invitations, one_time_codes, throttles TO cabinet_app;
      GRANT SELECT, INSERT, DELETE ON person_roles TO cabinet_app;
      GRANT DELETE ON throttles TO cabinet_app, cabinet_worker;
      GRANT SELECT ON person_roles TO cabinet_worker;
      GRANT SELECT ON throttles TO cabinet_worker;
      GRANT SELECT, UPDATE (code_sealed), DELETE ON one_time_codes TO cabinet_worker;
      GRANT SELECT, UPDATE (code_sealed) ON staff_invitations TO cabinet_worker;
    `);
  }

  async down(db: QueryRunner) {
    await db.query(
      `DROP TABLE mediators, throttles, staff_invitations, one_time_codes, consents, sessions, person_roles, credentials, persons, courts;
       DROP FUNCTION tell_revoked();`,
    );
  }
}
