import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Tokens of partners' machines: the hash alone, what each is good for, until when, and for whom of which court it acts. */
export class PartnerTokens implements MigrationInterface {
  name = 'PartnerTokens1764000000083';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE partner_tokens (
        id uuid CONSTRAINT partner_tokens_pk PRIMARY KEY,
        name text NOT NULL,
        token_hash bytea NOT NULL CONSTRAINT partner_tokens_hash UNIQUE,
        person_id uuid NOT NULL CONSTRAINT partner_tokens_person REFERENCES persons,
        court_id text NOT NULL CONSTRAINT partner_tokens_court REFERENCES courts,
        scopes text[] NOT NULL CONSTRAINT partner_tokens_scopes CHECK (cardinality(scopes) > 0 AND scopes <@ ARRAY['referrals', 'caseload']),
        made_by uuid NOT NULL CONSTRAINT partner_tokens_maker REFERENCES persons,
        made_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
        last_used_at timestamptz, revoked_at timestamptz,
        CONSTRAINT partner_tokens_end CHECK (expires_at > made_at AND expires_at <= made_at + interval '366 days')
      );
      CREATE INDEX partner_tokens_of_person ON partner_tokens (person_id);
      GRANT SELECT, INSERT ON partner_tokens TO cabinet_app;
      GRANT UPDATE (last_used_at, revoked_at) ON partner_tokens TO cabinet_app;
    `);
  }

  async down(db: QueryRunner) {
    await db.query('DROP TABLE partner_tokens');
  }
}
