import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [['consultations', 'guard_counts', 'SELECT', 'cabinet_guard', 'true']];

/**
 * What the council reads: counts by closed month and the periods that end with it, no ids. A month is counted once, when it is over; which
 * cells are shown is decided at that moment and never again (libs/oversight/report.hiding.ts). The reports' role gets a hidden cell as empty.
 */
export class Reports implements MigrationInterface {
  name = 'Reports1764000000098';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE report_closings (
        month date CONSTRAINT report_closings_pk PRIMARY KEY CONSTRAINT report_closings_first CHECK (extract(day FROM month) = 1),
        closed_at timestamptz NOT NULL, facts bigint NOT NULL
      );
      CREATE TABLE report_cells (
        period text NOT NULL, month date NOT NULL CONSTRAINT report_cells_closing REFERENCES report_closings,
        line text NOT NULL, dim text NOT NULL, value text NOT NULL,
        n bigint NOT NULL CONSTRAINT report_cells_count CHECK (n >= 0), total numeric NOT NULL DEFAULT 0, shown boolean NOT NULL,
        CONSTRAINT report_cells_pk PRIMARY KEY (period, line, dim, value)
      );
      CREATE INDEX report_cells_by_month ON report_cells (month);
      CREATE TRIGGER report_cells_stand BEFORE UPDATE OR DELETE ON report_cells FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TRIGGER report_closings_stand BEFORE UPDATE OR DELETE ON report_closings FOR EACH ROW EXECUTE FUNCTION refuse_change();

      -- The reports' role: a hidden cell has no number, and is there only so that a reader knows that one is hidden. Of days there is the mean alone:
      -- how many were averaged is the sum of other lines, and would give away what those hide.
      CREATE VIEW report_table WITH (security_barrier) AS
        SELECT c.period, c.line, c.dim, c.value, CASE WHEN c.shown AND c.line NOT IN ('days_to_contract', 'days_to_end') THEN c.n END AS n,
          CASE WHEN c.shown AND c.n > 0 THEN CASE WHEN c.line IN ('days_to_contract', 'days_to_end') THEN round(c.total / c.n, 1) ELSE c.total END END AS total
        FROM report_cells c;
      CREATE VIEW report_periods WITH (security_barrier) AS SELECT c.month, c.closed_at, c.facts FROM report_closings c;
      DROP VIEW case_totals;

      ${countMonth}
      GRANT SELECT (person_id, kind, status, status_from, status_until, district) ON mediators TO cabinet_guard;
      GRANT SELECT (case_id, kind) ON parties TO cabinet_guard;
      GRANT SELECT (language, category, district, door, subcategory) ON cases TO cabinet_guard;
      GRANT SELECT (ended_at, outcome, language, category) ON consultations TO cabinet_guard;
      GRANT SELECT ON report_cells, report_closings TO cabinet_guard;
      GRANT SELECT, INSERT ON report_cells, report_closings TO cabinet_worker;
      GRANT SELECT ON report_table, report_periods TO cabinet_report;
      GRANT EXECUTE ON FUNCTION count_month(date), first_report_month() TO cabinet_worker;
      ALTER VIEW report_table OWNER TO cabinet_guard; ALTER VIEW report_periods OWNER TO cabinet_guard;
      ALTER FUNCTION count_month(date) OWNER TO cabinet_guard; ALTER FUNCTION first_report_month() OWNER TO cabinet_guard;
    `);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP POLICY guard_counts ON consultations;
      DROP FUNCTION count_month(date); DROP FUNCTION first_report_month(); DROP VIEW report_table, report_periods; DROP TABLE report_cells, report_closings;
      CREATE VIEW case_totals WITH (security_barrier) AS
        SELECT date_trunc('month', c.filed_at AT TIME ZONE 'Asia/Almaty')::date AS month, c.category, c.district, c.door, c.state, count(*) AS cases
        FROM cases c WHERE c.filed_at IS NOT NULL GROUP BY 1, 2, 3, 4, 5;
      GRANT SELECT ON case_totals TO cabinet_report; ALTER VIEW case_totals OWNER TO cabinet_guard;`);
  }
}

const days = (from: string, to: string) => `((${to} AT TIME ZONE 'Asia/Almaty')::date - (${from} AT TIME ZONE 'Asia/Almaty')::date)`;

/**
 * Every line of reports.md that facts of cases tell, as (line, what it is cut by besides, a sum). A month is a month of Kazakhstan, whose
 * clock went back an hour on 1 March 2024: the zone's own table says where a month begins.
 */
const countMonth = `
  CREATE FUNCTION count_month(which date) RETURNS TABLE (line text, dim text, value text, n bigint, total numeric)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH told AS MATERIALIZED (
      SELECT e.type, e.data, e.at, c.id, c.category, coalesce(nullif(c.subcategory, ''), '-') AS subcategory, c.district, c.language, c.door, c.court_id, c.filed_at,
        coalesce((SELECT m.kind FROM mediators m WHERE m.person_id = c.mediator_id), 'none') AS mediator_kind
      FROM events e JOIN cases c ON c.id = e.case_id
      WHERE e.at >= which::timestamp AT TIME ZONE 'Asia/Almaty' AND e.at < (which + interval '1 month') AT TIME ZONE 'Asia/Almaty'
        AND e.type IN ('case.submitted', 'case.refused', 'case.invited', 'case.reinvited', 'case.consented', 'case.declined', 'case.expired_invitation',
          'case.mediation_started', 'case.settled', 'case.terminated', 'case.extended', 'case.sent_to_court', 'case.court_ruled', 'case.performance_changed')
    ), counted AS (
      SELECT CASE
          WHEN t.type = 'case.submitted' AND t.data->>'action' = 'submit' THEN 'applications_received'
          WHEN t.type = 'case.refused' THEN 'scope_refusals'
          WHEN t.type IN ('case.invited', 'case.reinvited') THEN 'proposals_sent'
          WHEN t.type = 'case.consented' THEN 'proposals_consented'
          WHEN t.type = 'case.declined' AND t.data->>'from' = 'INVITED' THEN 'proposals_declined'
          WHEN t.type = 'case.expired_invitation' THEN 'proposals_no_answer'
          WHEN t.type = 'case.mediation_started' THEN 'contracts_concluded'
          WHEN t.type = 'case.settled' AND t.data->>'to' = 'SETTLED_FULL' THEN 'settled_full'
          WHEN t.type = 'case.settled' THEN 'settled_partial'
          WHEN t.type = 'case.terminated' THEN 'ended_without_settlement'
          WHEN t.type = 'case.extended' THEN 'extensions'
          WHEN t.type = 'case.sent_to_court' THEN 'court_sent'
          WHEN t.type = 'case.performance_changed' AND t.data->>'to' = 'PERFORMED' THEN 'performed'
          WHEN t.type = 'case.performance_changed' AND t.data->>'to' = 'BREACHED' THEN 'breached' END AS line,
        t.category, t.district, t.language, t.mediator_kind, t.door,
        CASE WHEN t.type = 'case.refused' THEN 'reason' WHEN t.type = 'case.terminated' THEN 'ground' WHEN t.type = 'case.sent_to_court' THEN 'court'
          WHEN t.type = 'case.submitted' THEN 'subcategory' END AS own,
        CASE WHEN t.type = 'case.refused' THEN t.data->>'code' WHEN t.type = 'case.terminated' THEN t.data->>'ground' WHEN t.type = 'case.sent_to_court' THEN t.court_id
          WHEN t.type = 'case.submitted' THEN t.category || '/' || t.subcategory END AS cut,
        0::numeric AS amount
      FROM told t
      UNION ALL
      SELECT 'days_to_contract', t.category, t.district, t.language, t.mediator_kind, t.door, NULL, NULL, ${days('t.filed_at', 't.at')}
      FROM told t WHERE t.type = 'case.mediation_started'
      UNION ALL
      SELECT 'days_to_end', t.category, t.district, t.language, t.mediator_kind, t.door, NULL, NULL, ${days('t.filed_at', 't.at')}
      FROM told t WHERE t.type IN ('case.settled', 'case.terminated')
      UNION ALL
      -- Every party of a case whose contract was concluded: a person or an organisation.
      SELECT 'parties', t.category, t.district, t.language, t.mediator_kind, t.door, 'person_kind', p.kind, 0
      FROM told t JOIN parties p ON p.case_id = t.id WHERE t.type = 'case.mediation_started'
      UNION ALL
      -- As it stands after corrections accepted until the month was closed, in the month in which it was entered.
      SELECT CASE s.outcome WHEN 'approved' THEN 'court_approved' WHEN 'refused' THEN 'court_refused' ELSE 'court_returned' END,
        t.category, t.district, t.language, t.mediator_kind, t.door, 'court', t.court_id, 0
      FROM told t CROSS JOIN LATERAL (SELECT a.outcome FROM court_acts a WHERE a.case_id = t.id AND a.kind = 'ruling' AND (a.corrects IS NULL OR a.accepted)
        ORDER BY a.entered_at DESC LIMIT 1) s WHERE t.type = 'case.court_ruled'
      UNION ALL
      SELECT 'duty_refunded', t.category, t.district, t.language, t.mediator_kind, t.door, 'court', t.court_id, s.duty_amount
      FROM told t CROSS JOIN LATERAL (SELECT a.duty_amount, a.duty_refund FROM court_acts a WHERE a.case_id = t.id AND a.kind = 'ruling' AND (a.corrects IS NULL OR a.accepted)
        ORDER BY a.entered_at DESC LIMIT 1) s WHERE t.type = 'case.court_ruled' AND s.duty_refund AND s.duty_amount IS NOT NULL
    ), cells AS (
      SELECT c.line, v.dim, v.value, count(*) AS n, sum(c.amount) AS total FROM counted c
      CROSS JOIN LATERAL (VALUES ('all', 'all'), ('category', c.category), ('district', c.district), ('language', c.language),
        ('mediator_kind', c.mediator_kind), ('door', c.door), (c.own, c.cut)) AS v (dim, value)
      WHERE c.line IS NOT NULL AND v.dim IS NOT NULL AND v.value IS NOT NULL GROUP BY 1, 2, 3
    )
    SELECT * FROM cells
    UNION ALL
    SELECT 'consultations_only', v.dim, v.value, count(*), 0 FROM consultations k
    CROSS JOIN LATERAL (VALUES ('all', 'all'), ('category', k.category), ('language', k.language)) AS v (dim, value)
    WHERE k.outcome IN ('advice', 'nothing') AND k.ended_at >= which::timestamp AT TIME ZONE 'Asia/Almaty'
      AND k.ended_at < (which + interval '1 month') AT TIME ZONE 'Asia/Almaty' GROUP BY 1, 2, 3
    UNION ALL
    SELECT 'active_mediators', v.dim, v.value, count(*), 0 FROM mediators m
    CROSS JOIN LATERAL (VALUES ('all', 'all'), ('mediator_kind', m.kind), ('district', m.district)) AS v (dim, value)
    WHERE m.status <> 'excluded' AND NOT (m.status = 'suspended' AND coalesce(m.status_from, which) < which + interval '1 month'
      AND coalesce(m.status_until, '9999-12-31') >= which + interval '1 month') GROUP BY 1, 2, 3 $$;

  CREATE FUNCTION first_report_month() RETURNS date LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT date_trunc('month', min(e.at) AT TIME ZONE 'Asia/Almaty')::date FROM events e WHERE e.case_id IS NOT NULL $$;
  CREATE INDEX events_by_moment ON events (at) WHERE case_id IS NOT NULL;
`;
