import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was asked of the others ends with a refusal too; and the desk finds by name what was filed, never a draft that was given up. */
export class ClosedAskings implements MigrationInterface {
  name = 'ClosedAskings1764000000068';

  async up(db: QueryRunner) {
    await db.query(askings(`('WITHDRAWN', 'DECLINED', 'TERMINATED', 'CLOSED')`));
    await db.query(search(`AND EXISTS (SELECT 1 FROM cases c WHERE c.id = p.case_id AND c.number IS NOT NULL)`));
    await db.query(ofDesk(`c.state <> 'DRAFT'`, `c.state <> 'DRAFT' AND c.number IS NOT NULL`));
    await db.query(`UPDATE invitations i SET revoked_at = c.state_since, code_sealed = NULL FROM cases c
      WHERE c.id = i.case_id AND c.state IN ('DECLINED', 'TERMINATED', 'CLOSED') AND i.answered_at IS NULL AND i.revoked_at IS NULL`);
  }

  async down(db: QueryRunner) {
    await db.query(askings(`('WITHDRAWN')`));
    await db.query(search(''));
    await db.query(ofDesk(`c.state <> 'DRAFT' AND c.number IS NOT NULL`, `c.state <> 'DRAFT'`));
  }
}

const askings = (revoking: string) => `
  CREATE OR REPLACE FUNCTION askings_follow_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    IF NEW.state IN ${revoking} THEN
      UPDATE invitations SET revoked_at = NEW.state_since, code_sealed = NULL WHERE case_id = NEW.id AND answered_at IS NULL AND revoked_at IS NULL;
    END IF;
    IF NEW.state IN ('WITHDRAWN', 'DECLINED', 'TERMINATED', 'CLOSED') THEN
      UPDATE offers SET answered_at = NEW.state_since, answer = 'withdrawn' WHERE case_id = NEW.id AND answered_at IS NULL;
    END IF;
    IF NEW.state IN ('WITHDRAWN', 'DECLINED', 'TERMINATED', 'CLOSED', 'CONSENTED') THEN
      UPDATE papers SET abandoned_at = NEW.state_since WHERE case_id = NEW.id AND concluded_at IS NULL AND abandoned_at IS NULL;
    END IF;
    RETURN NULL;
  END $$;
`;
const search = (filed: string) => `
  CREATE OR REPLACE FUNCTION search_parties(pattern text) RETURNS SETOF uuid LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS
    $$ SELECT DISTINCT p.case_id FROM parties p WHERE current_office() = 'coordinator' AND p.name_folded LIKE pattern ${filed} $$;
`;
/** What the desk's list is cut from, in the function that 0035 wrote out: one condition in the place of another. */
const ofDesk = (old: string, now: string) => `
  DO $do$ DECLARE one regprocedure; BEGIN
    FOR one IN SELECT p.oid FROM pg_proc p WHERE p.proname IN ('desk_page', 'desk_counts') AND p.pronamespace = 'public'::regnamespace LOOP
      EXECUTE replace(pg_get_functiondef(one), $old$${old}$old$, $now$${now}$now$);
    END LOOP;
  END $do$;
`;
