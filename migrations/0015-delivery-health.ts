import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How delivery fares, in totals: what waits and what failed, how each provider answers; and the providers that the house lets rest. */
export class DeliveryHealth implements MigrationInterface {
  name = 'DeliveryHealth1764000000015';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE provider_rests (
        provider text CONSTRAINT provider_rests_pk PRIMARY KEY,
        since timestamptz NOT NULL,
        by_person uuid NOT NULL CONSTRAINT provider_rests_person REFERENCES persons
      );
      CREATE INDEX delivery_attempts_lately ON delivery_attempts (at);
      CREATE INDEX notifications_failed ON notifications (channel) WHERE state = 'failed';

      -- Totals without ids. Notices of rooms are left out: their number would tell how much is talked.
      CREATE FUNCTION delivery_health(asked_at timestamptz) RETURNS jsonb LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT jsonb_build_object(
          'lines', (SELECT coalesce(jsonb_agg(l ORDER BY l.legal DESC, l.state, l.channel), '[]') FROM (
            SELECT n.channel, n.state, n.legal, count(*)::int AS count, floor(extract(epoch FROM asked_at - min(n.due_at)))::int AS "oldestSeconds"
            FROM notifications n
            WHERE (n.state = 'failed' OR n.state = 'waiting' AND n.due_at <= asked_at) AND n.channel <> 'in_app' AND n.source_type <> 'rooms.unread'
            GROUP BY n.channel, n.state, n.legal) l),
          'providers', (SELECT coalesce(jsonb_agg(p ORDER BY p.channel, p.provider), '[]') FROM (
            SELECT min(n.channel) AS channel, a.provider, count(*) FILTER (WHERE a.outcome = 'sent')::int AS sent,
              count(*) FILTER (WHERE a.outcome = 'retry')::int AS retried, count(*) FILTER (WHERE a.outcome = 'failed')::int AS failed,
              max(a.at) FILTER (WHERE a.outcome = 'sent') AS "lastSentAt",
              (array_agg(a.error ORDER BY a.at DESC) FILTER (WHERE a.error IS NOT NULL))[1] AS "lastError",
              (SELECT r.since FROM provider_rests r WHERE r.provider = a.provider) AS "restsSince"
            FROM delivery_attempts a JOIN notifications n ON n.id = a.notification_id
            WHERE a.at > asked_at - interval '24 hours' AND a.provider <> 'desk' AND n.source_type <> 'rooms.unread'
            GROUP BY a.provider
            UNION ALL
            SELECT 'email', r.provider, 0, 0, 0, NULL, NULL, r.since FROM provider_rests r WHERE NOT EXISTS (
              SELECT 1 FROM delivery_attempts a WHERE a.provider = r.provider AND a.at > asked_at - interval '24 hours')) p))
        WHERE current_office() IN ('coordinator', 'administrator') $$;

      CREATE FUNCTION rest_provider(which text, rests boolean, asked_at timestamptz) RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        IF coalesce(current_office(), '') NOT IN ('coordinator', 'administrator') THEN RETURN false; END IF;
        IF rests THEN
          IF NOT EXISTS (SELECT 1 FROM delivery_attempts a WHERE a.provider = which AND a.provider <> 'desk') THEN RETURN false; END IF;
          INSERT INTO provider_rests VALUES (which, asked_at, current_person()) ON CONFLICT ON CONSTRAINT provider_rests_pk DO NOTHING;
        ELSE
          DELETE FROM provider_rests r WHERE r.provider = which;
        END IF;
        RETURN FOUND;
      END $$;

      GRANT SELECT ON provider_rests TO cabinet_worker;
      GRANT SELECT, INSERT, DELETE ON provider_rests TO cabinet_guard;
      GRANT SELECT (legal, due_at, source_type) ON notifications TO cabinet_guard;
      GRANT SELECT ON delivery_attempts TO cabinet_guard;
      GRANT EXECUTE ON FUNCTION delivery_health(timestamptz), rest_provider(text, boolean, timestamptz) TO cabinet_app;
      ALTER FUNCTION delivery_health(timestamptz) OWNER TO cabinet_guard;
      ALTER FUNCTION rest_provider(text, boolean, timestamptz) OWNER TO cabinet_guard;
    `);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP FUNCTION rest_provider(text, boolean, timestamptz); DROP FUNCTION delivery_health(timestamptz);
      DROP INDEX notifications_failed, delivery_attempts_lately; DROP TABLE provider_rests;
      REVOKE SELECT (legal, due_at, source_type) ON notifications FROM cabinet_guard; REVOKE SELECT ON delivery_attempts FROM cabinet_guard;`);
  }
}
