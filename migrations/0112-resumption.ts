import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A court that suspended its proceedings takes them up again: when mediation is over, or before. A resumption follows a suspension that
 * stands open, is dated no earlier, and may be entered after the case has ended here, for that is when most are.
 */
export class Resumption implements MigrationInterface {
  name = 'Resumption1764000000112';

  async up(db: QueryRunner) {
    await db.query(`
      ALTER TABLE court_acts DROP CONSTRAINT court_acts_kind,
        ADD CONSTRAINT court_acts_kind CHECK (kind IN ('term', 'suspension', 'resumption', 'ruling')), ADD CONSTRAINT court_acts_resumption CHECK (kind <> 'resumption' OR until IS NULL);
      ${resumes}
      ${facts(`, 'court.resumed'`)}`);
  }

  async down(db: QueryRunner) {
    await db.query(`
      DROP TRIGGER court_acts_b_resume ON court_acts; DROP FUNCTION court_resumes(); DROP TRIGGER court_acts_take_effect ON court_acts;
      CREATE TRIGGER court_acts_take_effect BEFORE INSERT OR UPDATE ON court_acts FOR EACH ROW EXECUTE FUNCTION court_act_takes_effect();
      ALTER TABLE court_acts DROP CONSTRAINT court_acts_resumption, DROP CONSTRAINT court_acts_kind,
        ADD CONSTRAINT court_acts_kind CHECK (kind IN ('term', 'suspension', 'ruling'));
      ${facts('')}`);
  }
}

/** Its own rule, for it does nothing to the case: 0097 has those of the others. The same codes of refusal. */
const resumes = `
  CREATE FUNCTION court_resumes() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE
    former record;
  BEGIN
    PERFORM 1 FROM cases c WHERE c.id = NEW.case_id AND c.court_id = NEW.court_id AND c.court_board IS NOT NULL FOR UPDATE;
    IF NOT FOUND THEN RAISE EXCEPTION 'not of this court' USING ERRCODE = 'KE001'; END IF;
    IF NEW.corrects IS NOT NULL THEN
      PERFORM 1 FROM court_acts a WHERE a.id = NEW.corrects AND a.case_id = NEW.case_id AND a.kind = 'resumption' AND a.corrects IS NULL;
      IF NOT FOUND THEN RAISE EXCEPTION 'nothing to correct' USING ERRCODE = 'KE001'; END IF;
    END IF;
    SELECT a.kind, a.on_date INTO former FROM court_acts a
      WHERE a.case_id = NEW.case_id AND a.kind IN ('suspension', 'resumption') AND a.corrects IS NULL AND a.id <> coalesce(NEW.corrects, NEW.id)
      ORDER BY a.entered_at DESC, a.id DESC LIMIT 1;
    IF former.kind IS DISTINCT FROM 'suspension' THEN RAISE EXCEPTION 'nothing is suspended' USING ERRCODE = 'KE002'; END IF;
    IF NEW.on_date < former.on_date THEN RAISE EXCEPTION 'before it was suspended' USING ERRCODE = 'KE003'; END IF;
    RETURN NEW;
  END $$;
  ALTER FUNCTION court_resumes() OWNER TO cabinet_guard;
  DROP TRIGGER court_acts_take_effect ON court_acts;
  CREATE TRIGGER court_acts_take_effect BEFORE INSERT OR UPDATE ON court_acts FOR EACH ROW WHEN (NEW.kind <> 'resumption') EXECUTE FUNCTION court_act_takes_effect();
  CREATE TRIGGER court_acts_b_resume BEFORE INSERT OR UPDATE ON court_acts FOR EACH ROW WHEN (NEW.kind = 'resumption') EXECUTE FUNCTION court_resumes();
`;

/** As in 0096, and one more fact. */
const facts = (more: string) => `
  CREATE OR REPLACE VIEW court_facts WITH (security_barrier) AS
    SELECT e.id, e.case_id, e.seq, e.at,
      CASE WHEN e.type IN ('case.declined', 'case.expired_invitation', 'case.withdrawn', 'case.refused') THEN 'case.not_started'
        WHEN e.type = 'case.reinvited' THEN 'case.invited' ELSE e.type END AS type,
      CASE WHEN e.type IN ('case.mediation_started', 'case.extended', 'court.term_set') THEN e.data->>'dueAt' END AS due_at,
      CASE WHEN e.type IN ('case.settled', 'case.terminated') THEN e.data->>'ground' END AS ground
    FROM events e JOIN cases c ON c.id = e.case_id
    WHERE c.court_id = current_court() AND c.court_board IS NOT NULL
      AND e.type IN ('case.submitted', 'case.returned', 'case.refused', 'case.invited', 'case.reinvited', 'case.consented', 'case.declined',
      'case.expired_invitation', 'case.withdrawn', 'case.court_named', 'offer.accepted', 'case.mediation_started', 'case.extended', 'case.mediator_replaced',
      'case.settled', 'case.terminated', 'case.sent_to_court', 'case.court_ruled', 'court.term_set', 'court.suspended', 'court.correction_proposed',
      'court.corrected', 'case.closed', 'case.archived'${more});
`;
