import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which moment each of them asks about. */
const asking: Record<string, string> = {
  ask_consultation: 'at',
  free_consultation_hours: 'at',
  is_on_duty: 'at',
  pledge_guest: 'at',
  admit_own_side_only: 'NEW.joined_at',
};
const [word, byDay] = [`m.status = 'active'`, (moment: string) => `stands_on(m.status, m.status_from, m.status_until, ${moment})`];

/**
 * May a mediator act on a day? As libs/mediators/mediator.entity.ts reckons it (standingOn): a suspension lasts from its first day up to, not
 * including, the day it ends. Duty, consultations and a second chair asked the bare word of the register: who was suspended from next month
 * was sent home today, and whose suspension was over never came back.
 */
export class StandingByDay implements MigrationInterface {
  name = 'StandingByDay1764000000124';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE FUNCTION stands_on(status text, since date, until date, moment timestamptz) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
        SELECT status = 'active' OR coalesce(since > (moment AT TIME ZONE 'Asia/Almaty')::date, false)
          OR (status = 'suspended' AND coalesce(until <= (moment AT TIME ZONE 'Asia/Almaty')::date, false)) $$;
      GRANT EXECUTE ON FUNCTION stands_on(text, date, date, timestamptz) TO cabinet_app, cabinet_worker, cabinet_writer, cabinet_guard;
      GRANT SELECT (status_from, status_until) ON mediators TO cabinet_writer;`);
    for (const [name, moment] of Object.entries(asking)) await rewrite(db, name, word, byDay(moment));
  }

  async down(db: QueryRunner) {
    for (const [name, moment] of Object.entries(asking)) await rewrite(db, name, byDay(moment), word);
    await db.query(
      `REVOKE SELECT (status_from, status_until) ON mediators FROM cabinet_writer; DROP FUNCTION stands_on(text, date, date, timestamptz);`,
    );
  }
}

/** The function as it stands, with other words at that one place; whose it is and who may call it stay. */
async function rewrite(db: QueryRunner, name: string, was: string, is: string) {
  const rows = (await db.query(
    `SELECT pg_get_functiondef(oid) AS text FROM pg_proc WHERE proname = $1 AND pronamespace = 'public'::regnamespace`,
    [name],
  )) as { text: string }[];
  for (const { text } of rows) await db.query(text.replaceAll(was, is));
}
