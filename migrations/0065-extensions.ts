import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An addendum that extends the term is a paper like the others: one frozen text, confirmed by all. No case is extended without one. */
export class Extensions implements MigrationInterface {
  name = 'Extensions1764000000065';

  async up(db: QueryRunner) {
    await db.query(`
      ALTER TABLE papers DROP CONSTRAINT papers_kind, ADD CONSTRAINT papers_kind CHECK (kind IN ('contract', 'settlement', 'extension'));
      CREATE FUNCTION extension_before_extended() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        IF NEW.state = 'EXTENDED' AND OLD.state = 'IN_MEDIATION' AND NOT EXISTS (
          SELECT 1 FROM papers p WHERE p.case_id = NEW.id AND p.kind = 'extension' AND p.abandoned_at IS NULL AND p.concluded_at IS NOT NULL
            AND EXISTS (SELECT 1 FROM confirmations c WHERE c.paper_id = p.id AND c.person_id = NEW.mediator_id)
            AND NOT EXISTS (SELECT 1 FROM parties y WHERE y.case_id = NEW.id
              AND NOT EXISTS (SELECT 1 FROM confirmations c WHERE c.paper_id = p.id AND c.party_id = y.id AND c.hash = p.hash))) THEN
          RAISE EXCEPTION 'no extension confirmed by all' USING ERRCODE = 'restrict_violation';
        END IF;
        RETURN NEW;
      END $$;
      ALTER FUNCTION extension_before_extended() OWNER TO cabinet_guard;
      CREATE TRIGGER cases_extension_first BEFORE UPDATE OF state ON cases FOR EACH ROW EXECUTE FUNCTION extension_before_extended();
    `);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP TRIGGER cases_extension_first ON cases; DROP FUNCTION extension_before_extended();
      ALTER TABLE papers DROP CONSTRAINT papers_kind, ADD CONSTRAINT papers_kind CHECK (kind IN ('contract', 'settlement'));`);
  }
}
