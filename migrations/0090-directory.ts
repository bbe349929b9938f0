import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The public directory of mediators. Who agrees to be named there says so himself, and may take it back; the site reads through the reports'
 * role, which gets names, register and days with a free hour of those who may take a case on that day, and can reach no other column of a person.
 */
export class Directory implements MigrationInterface {
  name = 'Directory1764000000090';

  async up(db: QueryRunner) {
    await db.query(`
      ALTER TABLE mediators ADD COLUMN published_at timestamptz;
      GRANT SELECT (person_id, kind, register_number, register_entry_date, languages, fields, district, status, status_from, status_until, certificate_until, published_at, weekly)
        ON mediators TO cabinet_guard;
      GRANT SELECT (surname, given, patronymic) ON persons TO cabinet_guard;
      GRANT SELECT (person_id, role) ON person_roles TO cabinet_guard;
      ${published}
      GRANT EXECUTE ON FUNCTION published_mediators(timestamptz) TO cabinet_report;
      ALTER FUNCTION published_mediators(timestamptz) OWNER TO cabinet_guard;`);
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP FUNCTION published_mediators(timestamptz);
      REVOKE SELECT (register_number, register_entry_date, fields, certificate_until) ON mediators FROM cabinet_guard;
      REVOKE SELECT (person_id, role) ON person_roles FROM cabinet_guard;
      ALTER TABLE mediators DROP COLUMN published_at;`);
  }
}

/** A suspension lasts up to, not including, the day it ends; a certificate's last day is a valid day (libs/mediators/mediator.entity.ts). */
const published = `
  CREATE FUNCTION published_mediators(moment timestamptz) RETURNS TABLE (id uuid, surname text, given text, patronymic text, kind text, languages text[], fields text[],
    district text, register_number text, entered_on text, certified_until text, free_days text[])
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH today AS (SELECT (moment AT TIME ZONE 'Asia/Almaty')::date AS day)
    SELECT m.person_id, p.surname, p.given, coalesce(p.patronymic, ''), m.kind, m.languages, m.fields, m.district, m.register_number, m.register_entry_date::text,
      CASE WHEN m.kind = 'professional' THEN m.certificate_until::text END,
      ARRAY(SELECT DISTINCT s.day::text FROM generate_series(1, 14) ahead
        JOIN jsonb_array_elements(coalesce(h.weekly, m.weekly)) line ON (line->>'day')::int = extract(isodow FROM t.day + ahead)
        CROSS JOIN LATERAL (SELECT t.day + ahead AS day, tstzrange((t.day + ahead + (line->>'from')::time) AT TIME ZONE 'Asia/Almaty',
          (t.day + ahead + (line->>'to')::time) AT TIME ZONE 'Asia/Almaty') AS hours) s
        CROSS JOIN LATERAL (SELECT range_agg(b.during) AS during FROM (
          SELECT k.during FROM bookings k WHERE k.subject_id = m.person_id AND k.cancelled_at IS NULL AND k.during && s.hours
          UNION ALL SELECT e.during FROM hour_exceptions e WHERE e.person_id = m.person_id AND NOT e.open AND e.during && s.hours
          UNION ALL SELECT x.during FROM outside_busy x WHERE x.person_id = m.person_id AND x.during && s.hours) b) busy
        WHERE EXISTS (SELECT FROM unnest(tstzmultirange(s.hours) - coalesce(busy.during, '{}')) g WHERE upper(g) - lower(g) >= interval '1 hour')
        ORDER BY 1)
    FROM today t CROSS JOIN mediators m JOIN persons p ON p.id = m.person_id LEFT JOIN mediator_hours h ON h.person_id = m.person_id
    WHERE m.published_at <= moment AND p.disabled_at IS NULL AND m.register_entry_date <= t.day
      AND EXISTS (SELECT 1 FROM person_roles r WHERE r.person_id = m.person_id AND r.role = 'mediator')
      AND (m.status = 'active' OR m.status_from > t.day OR (m.status = 'suspended' AND m.status_until <= t.day))
      AND (m.kind = 'public' OR m.certificate_until >= t.day)
    ORDER BY p.surname COLLATE "kk-x-icu", p.given COLLATE "kk-x-icu", m.person_id $$;
`;
