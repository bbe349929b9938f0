import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [['certificate_warnings', 'worker_all', 'ALL', 'cabinet_worker', 'true', 'true']];

/** A certificate that renews another begins when that one ends, though it was issued before; and whose end was told, how many days before. */
export class CertificateRenewals implements MigrationInterface {
  name = 'CertificateRenewals1764000000140';

  async up(db: QueryRunner) {
    await db.query(`
      -- Null: from the day of issue.
      ALTER TABLE certificates ADD COLUMN valid_from date,
        ADD CONSTRAINT certificates_begin_in_order CHECK (valid_from IS NULL OR (issued_on <= valid_from AND valid_from <= valid_until)),
        DROP CONSTRAINT certificates_apart,
        ADD CONSTRAINT certificates_apart EXCLUDE USING gist (mediator_id WITH =, course WITH =, (coalesce(field, '')) WITH =,
          daterange(coalesce(valid_from, issued_on), valid_until, '[]') WITH &&);
      CREATE TABLE certificate_warnings (
        mediator_id uuid NOT NULL CONSTRAINT certificate_warnings_mediator REFERENCES mediators ON DELETE CASCADE,
        valid_until date NOT NULL, days smallint NOT NULL, warned_at timestamptz NOT NULL,
        CONSTRAINT certificate_warnings_once PRIMARY KEY (mediator_id, valid_until, days)
      );
      ALTER TABLE certificate_warnings ENABLE ROW LEVEL SECURITY; ALTER TABLE certificate_warnings FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT ON certificate_warnings TO cabinet_worker;`);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  /** What renews another cannot be said without the day on which it begins. */
  async down(db: QueryRunner) {
    await db.query(`
      DROP TABLE certificate_warnings;
      DELETE FROM certificates WHERE valid_from > issued_on;
      ALTER TABLE certificates DROP CONSTRAINT certificates_apart, DROP CONSTRAINT certificates_begin_in_order, DROP COLUMN valid_from,
        ADD CONSTRAINT certificates_apart EXCLUDE USING gist (mediator_id WITH =, course WITH =, (coalesce(field, '')) WITH =, daterange(issued_on, valid_until, '[]') WITH &&);`);
  }
}
