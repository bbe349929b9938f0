import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A notice on paper: the desk prints it, posts it, and says so. Who did it stands with the attempt, as the proof of it. */
export class Letters implements MigrationInterface {
  name = 'Letters1764000000050';

  async up(db: QueryRunner) {
    await db.query(`
      ALTER TABLE delivery_attempts ADD COLUMN by_person uuid CONSTRAINT delivery_attempts_by REFERENCES persons;
      CREATE INDEX notifications_letters ON notifications (legal DESC, id DESC) WHERE channel = 'letter' AND state IN ('waiting', 'failed');
      GRANT UPDATE (sent_at) ON notifications TO cabinet_guard;

      -- Once: whoever presses second is told that there is nothing to post.
      CREATE FUNCTION post_letter(which uuid, attempt uuid, track text, asked_at timestamptz) RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        UPDATE notifications n SET state = 'sent', sent_at = asked_at, attempts = 1, last_error = NULL
          WHERE n.id = which AND n.channel = 'letter' AND n.state IN ('waiting', 'failed') AND n.case_id IS NOT NULL AND current_office() = 'coordinator'
            AND NOT EXISTS (SELECT 1 FROM parties y WHERE y.case_id = n.case_id AND y.person_id = current_person());
        IF NOT FOUND THEN RETURN false; END IF;
        INSERT INTO delivery_attempts (id, notification_id, at, provider, outcome, receipt, by_person)
          VALUES (attempt, which, asked_at, 'post', 'sent', track, current_person());
        RETURN true;
      END $$;
      GRANT EXECUTE ON FUNCTION post_letter(uuid, uuid, text, timestamptz) TO cabinet_app;
      ALTER FUNCTION post_letter(uuid, uuid, text, timestamptz) OWNER TO cabinet_guard;
    `);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP FUNCTION post_letter(uuid, uuid, text, timestamptz);
      REVOKE UPDATE (sent_at) ON notifications FROM cabinet_guard;
      DROP INDEX notifications_letters; ALTER TABLE delivery_attempts DROP COLUMN by_person`);
  }
}
