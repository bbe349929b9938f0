import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A case is counted once in a line (domain/reports.md counts cases): a contract with another mediator is no second case, nor is a settlement
 * that a court sent back and the parties concluded again. And a court that refused may rule again when the case comes to it again: one ruling
 * each time the case waits for it, of which the last may be corrected.
 */
export class OnceACase implements MigrationInterface {
  name = 'OnceACase1764000000143';

  async up(db: QueryRunner) {
    for (const [was, is] of Object.entries(counted)) await rewrite(db, 'count_case_month', was, is);
    for (const [was, is] of Object.entries(ruled)) await rewrite(db, 'court_act_takes_effect', was, is);
    await db.query(
      `DROP INDEX court_acts_one_ruling; CREATE INDEX court_acts_rulings ON court_acts (case_id, entered_at) WHERE kind = 'ruling';`,
    );
  }

  async down(db: QueryRunner) {
    await db.query(
      `DROP INDEX court_acts_rulings; CREATE UNIQUE INDEX court_acts_one_ruling ON court_acts (case_id) WHERE kind = 'ruling' AND corrects IS NULL;`,
    );
    for (const [was, is] of Object.entries(ruled)) await rewrite(db, 'court_act_takes_effect', is, was);
    for (const [was, is] of Object.entries(counted)) await rewrite(db, 'count_case_month', is, was);
  }
}

const ofWhichCase = `FROM events e JOIN cases c ON c.id = e.case_id
      WHERE `;
const standing = `a.case_id = t.id AND a.kind = 'ruling' AND (a.corrects IS NULL OR a.accepted)
        ORDER BY`;
const counted = {
  [ofWhichCase]: `${ofWhichCase}NOT (e.type IN ('case.mediation_started', 'case.settled', 'case.sent_to_court') AND EXISTS (SELECT 1 FROM events f
        WHERE f.case_id = e.case_id AND f.seq < e.seq AND f.type = e.type AND f.data->>'to' IS NOT DISTINCT FROM e.data->>'to'))
        AND `,
  // Of several rulings the one that this fact is of, as it stands.
  [standing]: `${standing.split('\n')[0]!}
        AND coalesce(a.corrects, a.id) = (SELECT r.id FROM court_acts r WHERE r.case_id = t.id AND r.kind = 'ruling' AND r.corrects IS NULL AND r.entered_at <= t.at
          ORDER BY r.entered_at DESC LIMIT 1)
        ORDER BY`,
};

const undecided = `IF NEW.accepted IS NOT TRUE THEN RETURN NEW; END IF;`;
const ruled = {
  // An earlier ruling is the past: to correct it would move a case that another has moved since.
  [undecided]: `IF NEW.kind = 'ruling' AND NEW.accepted IS DISTINCT FROM false AND EXISTS (SELECT 1 FROM court_acts l
        WHERE l.case_id = NEW.case_id AND l.kind = 'ruling' AND l.corrects IS NULL AND l.entered_at > first.entered_at) THEN
        RAISE EXCEPTION 'ruled on again' USING ERRCODE = 'KE002';
      END IF;
      ${undecided}`,
};

/** The function as it stands, with other words at that place; whose it is and who may call it stay. */
async function rewrite(db: QueryRunner, name: string, was: string, is: string) {
  const [{ text }] = (await db.query(
    `SELECT pg_get_functiondef(oid) AS text FROM pg_proc WHERE proname = $1 AND pronamespace = 'public'::regnamespace`,
    [name],
  )) as [{ text: string }];
  if (!text.includes(was)) throw new Error(`${name} is not as expected`);
  await db.query(text.replaceAll(was, is));
}
