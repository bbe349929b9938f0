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
      CREATE INDEX notifications_of_person ON notifications (recipient_id, created_at DESC) WHERE channel = 'in_app';
      CREATE INDEX notifications_of_case ON notifications (case_id);
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
    `);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP FUNCTION check_message(text); DROP TABLE delivery_attempts, notifications`);
  }
}
