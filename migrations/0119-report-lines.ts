import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

export const policies: Policy[] = [
  ['party_traits', 'writer_adds', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['party_traits', 'guard_counts', 'SELECT', 'cabinet_guard', 'true'],
  ['house_events', 'office_reads', 'SELECT', 'cabinet_app', `current_office() IN ('council', 'coordinator', 'administrator')`],
  ['house_events', 'desk_notes', 'INSERT', 'cabinet_app', null, `current_office() = 'coordinator'`],
  ['house_events', 'guard_counts', 'SELECT', 'cabinet_guard', 'true'],
];

/**
 * Lines 2, 17 and 18 of the reports. Sex and age band come from the numbers that parties filed with, are added up by month when a contract is concluded, and stand
 * nowhere with a case or a person. Events of the House are public things: trainings, open days, and how many came.
 */
export class ReportLines implements MigrationInterface {
  name = 'ReportLines1764000000119';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE party_traits (
        month date NOT NULL CONSTRAINT party_traits_month CHECK (extract(day FROM month) = 1),
        sex text NOT NULL CONSTRAINT party_traits_sex CHECK (sex IN ('female', 'male')),
        age_band text NOT NULL CONSTRAINT party_traits_band CHECK (age_band IN ('under_30', 'from_30', 'from_45', 'from_60')),
        n integer NOT NULL CONSTRAINT party_traits_count CHECK (n > 0),
        CONSTRAINT party_traits_pk PRIMARY KEY (month, sex, age_band)
      );
      CREATE TABLE house_events (
        id uuid CONSTRAINT house_events_pk PRIMARY KEY,
        kind text NOT NULL CONSTRAINT house_events_kind CHECK (kind IN ('training', 'mediation_day', 'open_day', 'lecture', 'other')),
        title text NOT NULL CONSTRAINT house_events_title CHECK (length(title) BETWEEN 3 AND 200),
        held_on date NOT NULL, people integer NOT NULL CONSTRAINT house_events_people CHECK (people BETWEEN 0 AND 1000000),
        noted_by uuid NOT NULL CONSTRAINT house_events_noter REFERENCES persons, noted_at timestamptz NOT NULL
      );
      CREATE TRIGGER house_events_stand BEFORE UPDATE OR DELETE ON house_events FOR EACH ROW EXECUTE FUNCTION refuse_change();
      ALTER TABLE party_traits ENABLE ROW LEVEL SECURITY; ALTER TABLE party_traits FORCE ROW LEVEL SECURITY;
      ALTER TABLE house_events ENABLE ROW LEVEL SECURITY; ALTER TABLE house_events FORCE ROW LEVEL SECURITY;
      -- By whoever has just concluded the contract of a case, in the transaction that did.
      CREATE FUNCTION add_traits(which uuid, in_month date, sexes text[], bands text[]) RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        IF NOT EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND c.state = 'IN_MEDIATION'
          AND CASE current_office() WHEN 'mediator' THEN c.mediator_id = current_person()
            WHEN 'citizen' THEN EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person()) ELSE false END) THEN RETURN false; END IF;
        INSERT INTO party_traits AS t (month, sex, age_band, n)
          SELECT in_month, x.sex, x.band, count(*) FROM unnest(sexes, bands) AS x (sex, band) GROUP BY 2, 3
          ON CONFLICT (month, sex, age_band) DO UPDATE SET n = t.n + excluded.n;
        RETURN true;
      END $$;

      -- Where a question to a mediator on duty comes from, if who asks says so: line 2 by district.
      ALTER TABLE consultations ADD district text;
      CREATE FUNCTION place_consultation(which uuid, place text) RETURNS boolean
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        UPDATE consultations c SET district = place WHERE c.id = which AND c.asker_id = current_person() AND current_office() = 'citizen' AND c.district IS NULL;
        RETURN FOUND;
      END $$;

      ALTER FUNCTION count_month(date) RENAME TO count_told_month;
      REVOKE EXECUTE ON FUNCTION count_told_month(date) FROM cabinet_worker;
      -- Of whom no number is known, and organisations, are one value, so that each cut adds up to all parties.
      CREATE FUNCTION count_month(which date) RETURNS TABLE (line text, dim text, value text, n bigint, total numeric)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        WITH told AS MATERIALIZED (SELECT * FROM count_told_month(which)),
          parties AS (SELECT t.n FROM told t WHERE t.line = 'parties' AND t.dim = 'all'),
          known AS (SELECT v.dim, v.value, sum(p.n)::bigint AS n FROM party_traits p
            CROSS JOIN LATERAL (VALUES ('sex', p.sex), ('age_band', p.age_band)) AS v (dim, value) WHERE p.month = which GROUP BY 1, 2)
        SELECT * FROM told
        UNION ALL SELECT 'parties', k.dim, k.value, k.n, 0 FROM known k WHERE EXISTS (SELECT 1 FROM parties)
        UNION ALL SELECT 'parties', d.dim, 'unknown', rest.n, 0 FROM (VALUES ('sex'), ('age_band')) AS d (dim) CROSS JOIN parties a
          CROSS JOIN LATERAL (SELECT a.n - coalesce((SELECT sum(k.n) FROM known k WHERE k.dim = d.dim), 0)::bigint AS n) rest WHERE rest.n > 0
        UNION ALL SELECT 'consultations_only', 'district', coalesce(c.district, 'unknown'), count(*), 0 FROM consultations c
          WHERE c.outcome IN ('advice', 'nothing') AND c.ended_at >= which::timestamp AT TIME ZONE 'Asia/Almaty'
            AND c.ended_at < (which + interval '1 month') AT TIME ZONE 'Asia/Almaty' GROUP BY 3
        UNION ALL SELECT l.line, v.dim, v.value, sum(CASE l.line WHEN 'events' THEN 1 ELSE h.people END)::bigint, 0 FROM house_events h
          CROSS JOIN (VALUES ('events'), ('people_reached')) AS l (line)
          CROSS JOIN LATERAL (VALUES ('all', 'all'), ('event_kind', h.kind)) AS v (dim, value)
          WHERE h.held_on >= which AND h.held_on < which + interval '1 month' GROUP BY 1, 2, 3 $$;
      GRANT SELECT, INSERT, UPDATE ON party_traits TO cabinet_writer;
      GRANT SELECT ON party_traits, house_events TO cabinet_guard;
      GRANT SELECT, INSERT ON house_events TO cabinet_app;
      GRANT SELECT (district) ON consultations TO cabinet_guard;
      GRANT EXECUTE ON FUNCTION place_consultation(uuid, text) TO cabinet_app;
      ALTER FUNCTION place_consultation(uuid, text) OWNER TO cabinet_writer;
      GRANT EXECUTE ON FUNCTION add_traits(uuid, date, text[], text[]) TO cabinet_app;
      GRANT EXECUTE ON FUNCTION count_month(date) TO cabinet_worker;
      ALTER FUNCTION add_traits(uuid, date, text[], text[]) OWNER TO cabinet_writer;
      ALTER FUNCTION count_month(date) OWNER TO cabinet_guard;
    `);
    for (const policy of policies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query(`DROP FUNCTION count_month(date); ALTER FUNCTION count_told_month(date) RENAME TO count_month;
      GRANT EXECUTE ON FUNCTION count_month(date) TO cabinet_worker;
      DROP FUNCTION place_consultation(uuid, text); ALTER TABLE consultations DROP COLUMN district;
      DROP FUNCTION add_traits(uuid, date, text[], text[]); DROP TABLE house_events, party_traits;`);
  }
}
