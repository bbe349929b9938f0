import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

/**
 * A co-mediator reads what the mediator works with: the case, its parties, the application, its papers and terms. From the moment he has
 * declared that no interest of his own is in it, pledged secrecy, and every party has agreed; until one takes that back. He changes nothing.
 */
export class CoMediators implements MigrationInterface {
  name = 'CoMediators1764000000073';

  async up(db: QueryRunner) {
    await db.query(`
      ALTER TABLE guests ADD declared_at timestamptz, ADD CONSTRAINT guests_declared CHECK (declared_at IS NULL OR capacity = 'co_mediator');
      GRANT SELECT (declared_at) ON guests TO cabinet_app;
      GRANT UPDATE (declared_at) ON guests TO cabinet_writer;
      CREATE FUNCTION co_mediates(of_case uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT current_office() = 'mediator' AND EXISTS (SELECT 1 FROM guests g JOIN cases c ON c.id = g.case_id AND case_is_live(c.state)
          WHERE g.case_id = of_case AND g.person_id = current_person() AND g.capacity = 'co_mediator' AND g.declared_at IS NOT NULL AND g.ended_at IS NULL
            AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = of_case AND p.person_id IS NOT NULL
              AND NOT EXISTS (SELECT 1 FROM guest_answers a WHERE a.guest_id = g.id AND a.person_id = p.person_id AND a.agrees))) $$;
      -- By himself, before he pledges or later: without it he sits in rooms and reads nothing else.
      CREATE FUNCTION declare_no_conflict(which uuid, at timestamptz) RETURNS text
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        -- Whoever advised one side on duty is no third between them, whatever he declares.
        IF EXISTS (SELECT 1 FROM guests g JOIN parties p ON p.case_id = g.case_id JOIN consultations c ON c.asker_id = p.person_id
                   WHERE g.id = which AND c.mediator_id = current_person() AND c.taken_at IS NOT NULL) THEN RETURN 'mediator.conflict'; END IF;
        UPDATE guests g SET declared_at = coalesce(g.declared_at, at)
        WHERE g.id = which AND g.ended_at IS NULL AND g.capacity = 'co_mediator' AND current_office() = 'mediator'
          AND EXISTS (SELECT 1 FROM persons p WHERE p.id = current_person() AND g.contact_hash IN (p.email_hash, p.phone_hash))
          AND (g.person_id IS NULL OR g.person_id = current_person());
        RETURN CASE WHEN FOUND THEN 'done' ELSE 'not_found' END;
      END $$;
      -- As an offer of a case names its parties to the mediator it is made to: else nobody could say whether he has an interest of his own.
      CREATE FUNCTION is_asked_to_co_mediate(of_case uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT current_office() = 'mediator' AND EXISTS (SELECT 1 FROM guests g JOIN persons p ON p.id = current_person() AND g.contact_hash IN (p.email_hash, p.phone_hash)
          WHERE g.case_id = of_case AND g.capacity = 'co_mediator' AND g.ended_at IS NULL) $$;
      CREATE FUNCTION names_to_declare_on(of_case uuid) RETURNS text[] LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT ARRAY(SELECT coalesce(p.organisation, concat_ws(' ', p.surname, p.given, nullif(p.patronymic, ''))) FROM parties p
          WHERE p.case_id = of_case AND is_asked_to_co_mediate(of_case) ORDER BY p.side, p.ordinal) $$;
      ALTER FUNCTION is_asked_to_co_mediate(uuid) OWNER TO cabinet_writer;
      ALTER FUNCTION names_to_declare_on(uuid) OWNER TO cabinet_guard;
      GRANT EXECUTE ON FUNCTION is_asked_to_co_mediate(uuid) TO cabinet_guard;
      GRANT EXECUTE ON FUNCTION names_to_declare_on(uuid) TO cabinet_app;
      ALTER FUNCTION co_mediates(uuid) OWNER TO cabinet_writer;
      ALTER FUNCTION declare_no_conflict(uuid, timestamptz) OWNER TO cabinet_writer;
      GRANT EXECUTE ON FUNCTION co_mediates(uuid), declare_no_conflict(uuid, timestamptz) TO cabinet_app;
      GRANT EXECUTE ON FUNCTION co_mediates(uuid) TO cabinet_worker;
    `);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(`${policies.map(([table, name]) => `DROP POLICY ${name} ON ${table};`).join(' ')}
      DROP FUNCTION names_to_declare_on(uuid); DROP FUNCTION is_asked_to_co_mediate(uuid); DROP FUNCTION declare_no_conflict(uuid, timestamptz); DROP FUNCTION co_mediates(uuid); ALTER TABLE guests DROP COLUMN declared_at;`);
  }
}

const reads = (table: string, of = 'case_id'): Policy => [table, 'co_mediator_reads', 'SELECT', 'cabinet_app', `co_mediates(${of})`];
export const policies: Policy[] = [
  reads('cases', 'id'),
  reads('applications'),
  reads('summaries'),
  reads('parties'),
  reads('papers'),
  reads('confirmations', 'paper_case(paper_id)'),
  reads('deadlines'),
  reads('events'),
];
