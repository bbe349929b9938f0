import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How offers and cases fall on the mediators: numbers by mediator, for the desk, without a case among them. */
export class Fairness implements MigrationInterface {
  name = 'Fairness1764000000092';

  async up(db: QueryRunner) {
    await db.query(`
      GRANT SELECT (offered_at, answer) ON offers TO cabinet_guard;
      CREATE FUNCTION fairness_facts(since timestamptz, until timestamptz)
      RETURNS TABLE (mediator_id uuid, open integer, offered integer, accepted integer, declined integer, expired integer, hours double precision)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT m.person_id,
          (SELECT count(*) FROM cases c WHERE c.mediator_id = m.person_id AND (c.state IN ('MEDIATOR_ACCEPTED', 'CONTRACT_DRAFT', 'CONTRACT_SIGNING') OR case_is_live(c.state)))::int
            + (SELECT count(*) FROM offers o WHERE o.mediator_id = m.person_id AND o.answered_at IS NULL)::int,
          t.offered, t.accepted, t.declined, t.expired, t.hours
        FROM mediators m CROSS JOIN LATERAL (
          SELECT count(*)::int AS offered, count(*) FILTER (WHERE o.answer = 'accepted')::int AS accepted, count(*) FILTER (WHERE o.answer = 'declined')::int AS declined,
            count(*) FILTER (WHERE o.answer = 'expired')::int AS expired,
            percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM o.answered_at - o.offered_at) / 3600) FILTER (WHERE o.answer IN ('accepted', 'declined')) AS hours
          FROM offers o WHERE o.mediator_id = m.person_id AND o.offered_at >= since AND o.offered_at < until) t
        WHERE current_office() = 'coordinator' $$;
      GRANT EXECUTE ON FUNCTION fairness_facts(timestamptz, timestamptz) TO cabinet_app;
      ALTER FUNCTION fairness_facts(timestamptz, timestamptz) OWNER TO cabinet_guard;`);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP FUNCTION fairness_facts(timestamptz, timestamptz); REVOKE SELECT (offered_at) ON offers FROM cabinet_guard;`);
  }
}
