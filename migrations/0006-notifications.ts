import type { MigrationInterface, QueryRunner } from 'typeorm';

/** One row per source, recipient and channel: this unique key, not the queue, keeps a notice from doubling. */
export class Notifications implements MigrationInterface {
  name = 'Notifications1764000000006';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE notifications (
        id uuid CONSTRAINT notifications_pk PRIMARY KEY,
        source_id uuid NOT NULL, source_type text NOT NULL,
        case_id uuid CONSTRAINT notifications_case REFERENCES cases,
        recipient_kind text NOT NULL CONSTRAINT notifications_recipient_kind CHECK (recipient_kind IN ('person', 'party', 'code', 'staff_invitation')),
        recipient_id uuid NOT NULL,
        channel text NOT NULL CONSTRAINT notifications_channel CHECK (channel IN ('in_app', 'email', 'sms', 'push', 'letter')),
        template text NOT NULL, language text NOT NULL, legal boolean NOT NULL, urgency text NOT NULL,
        variables jsonb NOT NULL DEFAULT '{}',
        state text NOT NULL DEFAULT 'waiting' CONSTRAINT notifications_state CHECK (state IN ('waiting', 'sent', 'failed', 'suppressed')),
        check_code text NOT NULL CONSTRAINT notifications_check_code UNIQUE,
        created_at timestamptz NOT NULL, due_at timestamptz NOT NULL,
        attempts integer NOT NULL DEFAULT 0, last_error text,
        sent_at timestamptz, read_at timestamptz,
        CONSTRAINT notifications_once UNIQUE (source_id, recipient_id, channel)
      );
      CREATE INDEX notifications_waiting ON notifications (due_at) WHERE state = 'waiting';
      CREATE INDEX notifications_of_person ON notifications (recipient_id, id DESC) WHERE channel = 'in_app';
      CREATE INDEX notifications_of_case ON notifications (case_id);
      CREATE INDEX notifications_undelivered ON notifications (legal DESC, id DESC) WHERE state = 'failed' AND case_id IS NOT NULL;
      CREATE INDEX notifications_unread_rooms ON notifications (recipient_id, created_at DESC) WHERE source_type = 'rooms.unread';
      CREATE INDEX one_time_codes_to_send ON one_time_codes (created_at) WHERE code_sealed IS NOT NULL;
      CREATE INDEX staff_invitations_to_send ON staff_invitations (created_at) WHERE code_sealed IS NOT NULL;
      CREATE TABLE delivery_attempts (
        id uuid CONSTRAINT delivery_attempts_pk PRIMARY KEY,
        notification_id uuid NOT NULL CONSTRAINT delivery_attempts_notification REFERENCES notifications,
        at timestamptz NOT NULL, provider text NOT NULL,
        outcome text NOT NULL CONSTRAINT delivery_attempts_outcome CHECK (outcome IN ('sent', 'retry', 'failed')),
        receipt text, error text
      );
      CREATE INDEX delivery_attempts_of ON delivery_attempts (notification_id);
      CREATE TRIGGER delivery_attempts_append_only BEFORE UPDATE OR DELETE ON delivery_attempts FOR EACH ROW EXECUTE FUNCTION refuse_change();

      -- "Is this message real?": what anyone who holds the code may read.
      CREATE FUNCTION check_message(code text) RETURNS TABLE (template text, channel text, sent_at timestamptz)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
        $$ SELECT n.template, n.channel, n.sent_at FROM notifications n WHERE n.check_code = upper(code) AND n.state = 'sent' $$;

      -- The desk sends again what failed: the worker finds it due. Who asked stands among the attempts.
      CREATE FUNCTION resend_notice(which uuid, attempt uuid, at timestamptz) RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        UPDATE notifications n SET state = 'waiting', attempts = 0, last_error = NULL, due_at = at
          WHERE n.id = which AND n.state = 'failed' AND n.channel <> 'letter' AND n.case_id IS NOT NULL AND current_office() = 'coordinator'
            AND NOT EXISTS (SELECT 1 FROM parties y WHERE y.case_id = n.case_id AND y.person_id = current_person());
        IF NOT FOUND THEN RETURN false; END IF;
        INSERT INTO delivery_attempts (id, notification_id, at, provider, outcome, receipt)
          VALUES (attempt, which, at, 'desk', 'retry', current_person()::text);
        RETURN true;
      END $$;
    `);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP FUNCTION resend_notice(uuid, uuid, timestamptz); DROP FUNCTION check_message(text);
      DROP INDEX one_time_codes_to_send, staff_invitations_to_send; DROP TABLE delivery_attempts, notifications`);
  }
}
