import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many reminders an invitation has had, how far invitations come, and the desk's telephone call as something that is stuck. */
export class JoinFunnel implements MigrationInterface {
  name = 'JoinFunnel1764000000036';

  async up(db: QueryRunner) {
    await db.query(`
      ALTER TABLE invitations ADD COLUMN nudges integer NOT NULL DEFAULT 0;
      CREATE INDEX invitations_unanswered ON invitations (issued_at) WHERE answered_at IS NULL AND revoked_at IS NULL;
      CREATE INDEX invitations_by_issue ON invitations (issued_at);

      -- Totals of the join funnel, for the desk: no case, no name. Who went further has passed the steps before.
      CREATE FUNCTION join_funnel(named boolean, since timestamptz, at timestamptz)
      RETURNS TABLE (invited integer, opened integer, understood integer, joined integer, declined integer, silent integer, waiting integer, joined_after_nudge integer)
      LANGUAGE sql VOLATILE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT count(*)::int,
          count(*) FILTER (WHERE i.opened_at IS NOT NULL OR i.understood_at IS NOT NULL OR i.answer = 'consent')::int,
          count(*) FILTER (WHERE i.understood_at IS NOT NULL OR i.answer = 'consent')::int,
          count(*) FILTER (WHERE i.answer = 'consent')::int,
          count(*) FILTER (WHERE i.answer = 'decline')::int,
          count(*) FILTER (WHERE i.answer = 'silence' OR (i.answered_at IS NULL AND i.revoked_at IS NULL AND i.expires_at <= at))::int,
          count(*) FILTER (WHERE i.answered_at IS NULL AND i.revoked_at IS NULL AND i.expires_at > at)::int,
          count(*) FILTER (WHERE i.answer = 'consent' AND i.nudges > 0)::int
        FROM invitations i WHERE current_office() = 'coordinator' AND i.issued_at >= since $$;

      -- The last reminder is a call: the case lies on the stuck pile until somebody telephones.
      CREATE FUNCTION mark_stuck_by_call() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        IF NEW.type = 'party.called' THEN
          UPDATE cases SET stuck_since = NULL, stuck_code = NULL WHERE id = NEW.case_id AND stuck_code = 'CALL';
        ELSE
          UPDATE cases SET stuck_since = coalesce(stuck_since, NEW.at), stuck_code = coalesce(stuck_code, 'CALL') WHERE id = NEW.case_id;
        END IF;
        RETURN NULL;
      END $$;
      CREATE TRIGGER events_ask_for_call AFTER INSERT ON events FOR EACH ROW
        WHEN (NEW.type = 'party.called' OR (NEW.type = 'invitation.nudged' AND NEW.data->>'code' = 'call')) EXECUTE FUNCTION mark_stuck_by_call();
      GRANT SELECT (issued_at, opened_at, understood_at, answer, nudges) ON invitations TO cabinet_guard;
      GRANT EXECUTE ON FUNCTION join_funnel(boolean, timestamptz, timestamptz) TO cabinet_app;
      ALTER FUNCTION join_funnel(boolean, timestamptz, timestamptz) OWNER TO cabinet_guard;
      ALTER FUNCTION mark_stuck_by_call() OWNER TO cabinet_guard;
    `);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP TRIGGER events_ask_for_call ON events; DROP FUNCTION mark_stuck_by_call();
      DROP FUNCTION join_funnel(boolean, timestamptz, timestamptz); DROP INDEX invitations_unanswered, invitations_by_issue;
      ALTER TABLE invitations DROP COLUMN nudges;`);
  }
}
