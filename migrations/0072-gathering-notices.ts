import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Who is asked something about who meets whom is told of it: a guest who was asked in, by the contact he was asked by until he has an
 * account; a party whose answer is waited for. The worker finds it in a view of open questions, as it finds unread rooms: no fact is
 * recorded, so neither the desk nor the court learns who is asked, or that the sides are kept apart.
 */
export class GatheringNotices implements MigrationInterface {
  name = 'GatheringNotices1764000000072';

  async up(db: QueryRunner) {
    await db.query(`
      -- Sealed as contacts are, until he has pledged or is not asked any more.
      ALTER TABLE guests ADD contact_sealed bytea,
        ADD contact_channel text CONSTRAINT guests_channel CHECK (contact_channel IN ('email', 'sms')),
        ADD CONSTRAINT guests_contact_whole CHECK (contact_sealed IS NULL OR contact_channel IS NOT NULL);
      CREATE INDEX guests_open ON guests (case_id) WHERE ended_at IS NULL;
      CREATE FUNCTION forget_guest_contact() RETURNS trigger LANGUAGE plpgsql SET search_path = public, pg_temp AS $$
      BEGIN NEW.contact_sealed := NULL; RETURN NEW; END $$;
      CREATE TRIGGER guests_forget_contact BEFORE UPDATE ON guests FOR EACH ROW
        WHEN (NEW.pledged_at IS NOT NULL OR NEW.ended_at IS NOT NULL) EXECUTE FUNCTION forget_guest_contact();

      CREATE VIEW gathering_questions WITH (security_barrier) AS
        WITH asked AS (SELECT g.* FROM guests g JOIN cases c ON c.id = g.case_id WHERE g.ended_at IS NULL AND case_is_live(c.state))
        -- A guest under his own account; in the role he comes in he finds it at his page.
        SELECT 'guest' AS kind, g.id AS source_id, 'person' AS recipient_kind, p.id AS recipient_id, NULL::bytea AS contact_sealed, NULL::text AS contact_channel
        FROM asked g JOIN persons p ON g.contact_hash IN (p.email_hash, p.phone_hash) WHERE g.pledged_at IS NULL
        UNION ALL
        SELECT 'guest', g.id, 'guest', g.id, g.contact_sealed, g.contact_channel FROM asked g
        WHERE g.pledged_at IS NULL AND g.contact_sealed IS NOT NULL AND NOT EXISTS (SELECT 1 FROM persons p WHERE g.contact_hash IN (p.email_hash, p.phone_hash))
        UNION ALL
        SELECT 'answer', g.id, 'person', p.person_id, NULL, NULL FROM asked g JOIN parties p ON p.case_id = g.case_id AND p.person_id IS NOT NULL
        WHERE NOT EXISTS (SELECT 1 FROM guest_answers a WHERE a.guest_id = g.id AND a.person_id = p.person_id)
        UNION ALL
        -- Shall the sides meet? Asked anew, it is another question.
        SELECT 'answer', md5(q.case_id::text || q.asked_at::text)::uuid, 'person', p.person_id, NULL, NULL
        FROM joint_requests q JOIN cases c ON c.id = q.case_id AND case_is_live(c.state) JOIN parties p ON p.case_id = q.case_id AND p.person_id IS NOT NULL
        WHERE NOT EXISTS (SELECT 1 FROM joint_consents j WHERE j.case_id = q.case_id AND j.person_id = p.person_id);
      ALTER VIEW gathering_questions OWNER TO cabinet_writer;
      GRANT SELECT ON gathering_questions TO cabinet_worker;

      ALTER TABLE notifications DROP CONSTRAINT notifications_recipient_kind,
        ADD CONSTRAINT notifications_recipient_kind CHECK (recipient_kind IN ('person', 'party', 'code', 'staff_invitation', 'guest'));
    `);
  }

  async down(db: QueryRunner) {
    await db.query(`
      UPDATE notifications SET recipient_kind = 'code' WHERE recipient_kind = 'guest'; -- of nobody: what was tried is proof and stays
      ALTER TABLE notifications DROP CONSTRAINT notifications_recipient_kind,
        ADD CONSTRAINT notifications_recipient_kind CHECK (recipient_kind IN ('person', 'party', 'code', 'staff_invitation'));
      DROP VIEW gathering_questions; DROP TRIGGER guests_forget_contact ON guests; DROP FUNCTION forget_guest_contact();
      DROP INDEX guests_open; ALTER TABLE guests DROP COLUMN contact_sealed, DROP COLUMN contact_channel;`);
  }
}
