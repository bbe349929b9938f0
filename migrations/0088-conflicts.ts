import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

const asMediator = `current_office() = 'mediator' AND mediator_id = current_person()`;
const asDesk = `current_office() = 'coordinator' AND sees_case(case_id)`;
export const policies: Policy[] = [
  // Whom a mediator is tied to is his own row; what it means for a case is answered by conflict_marks alone.
  ['mediator_relations', 'own_read', 'SELECT', 'cabinet_app', asMediator],
  ['mediator_relations', 'own_add', 'INSERT', 'cabinet_app', null, asMediator],
  ['mediator_relations', 'own_remove', 'DELETE', 'cabinet_app', asMediator],
  ['mediator_relations', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],

  [
    'disclosures',
    'case_reads',
    'SELECT',
    'cabinet_app',
    `sees_case(case_id) AND (current_office() IN ('citizen', 'coordinator') OR ${asMediator})`,
  ],
  ['disclosures', 'mediator_discloses', 'INSERT', 'cabinet_app', null, `${asMediator} AND sees_case(case_id)`],
  ['disclosures', 'writer_all', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['disclosure_answers', 'own_answer', 'SELECT', 'cabinet_app', `current_office() = 'citizen' AND person_id = current_person()`],
  ['disclosure_answers', 'writer_all', 'ALL', 'cabinet_writer', 'true', 'true'],

  ['objections', 'own_and_desk', 'SELECT', 'cabinet_app', `${asDesk} OR current_office() = 'citizen' AND person_id = current_person()`],
  [
    'objections',
    'party_objects',
    'INSERT',
    'cabinet_app',
    null,
    `current_office() = 'citizen' AND person_id = current_person() AND is_participant(case_id)`,
  ],
  ['objections', 'desk_decides', 'UPDATE', 'cabinet_app', asDesk, asDesk],
  ['objections', 'writer_all', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['deadlines', 'writer_cancels', 'UPDATE', 'cabinet_writer', 'true', 'true'],
];

/**
 * Who may not judge, or may only openly: what a mediator is tied to, what he discloses before he reads anything, what each party answers,
 * and what a party objects later. Law "On Mediation", art. 7: independent, impartial, refuses when he cannot be.
 */
export class Conflicts implements MigrationInterface {
  name = 'Conflicts1764000000088';

  async up(db: QueryRunner) {
    await db.query(tables);
    await db.query(marks);
    await db.query(answering);
    await db.query(following);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(grants);
    await db.query('ALTER FUNCTION conflict_marks(uuid) OWNER TO cabinet_guard; ALTER FUNCTION surname_stem(text) OWNER TO cabinet_guard;');
    for (const name of ['answer_disclosure(uuid, boolean, timestamptz)', 'disclosures_follow_offer()', 'objections_follow_case()'])
      await db.query(`ALTER FUNCTION ${name} OWNER TO cabinet_writer`);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP TRIGGER offers_end_disclosures ON offers; DROP TRIGGER cases_end_objections ON cases; DROP POLICY writer_cancels ON deadlines;
      DROP FUNCTION answer_disclosure(uuid, boolean, timestamptz); DROP FUNCTION disclosures_follow_offer(); DROP FUNCTION objections_follow_case();
      DROP FUNCTION conflict_marks(uuid); DROP FUNCTION surname_stem(text);
      DROP TABLE disclosure_answers, disclosures, objections, mediator_relations;
      REVOKE UPDATE (cancelled_at) ON deadlines FROM cabinet_writer;
      REVOKE SELECT (kind) ON parties FROM cabinet_guard; REVOKE SELECT (surname, iin_hash, email_hash, phone_hash) ON persons FROM cabinet_guard;
      REVOKE SELECT (id) ON offers FROM cabinet_writer;`);
  }
}

const tables = `
  CREATE TABLE mediator_relations (
    id uuid CONSTRAINT mediator_relations_pk PRIMARY KEY,
    mediator_id uuid NOT NULL CONSTRAINT mediator_relations_mediator REFERENCES mediators,
    -- Of the other one: keyed hash of IIN or BIN. The number itself is not kept; the label is the mediator's own word, sealed with his key.
    id_number_hash bytea NOT NULL, label_sealed bytea NOT NULL,
    kind text NOT NULL CONSTRAINT mediator_relations_kind CHECK (kind IN ('kin', 'financial_interest', 'worked_for_party', 'represented_party',
      'expert_for_party', 'former_judge', 'former_teacher', 'neighbour', 'schoolmate', 'same_village', 'other')),
    until date,
    -- The mediator himself says that he could not be impartial.
    bars boolean NOT NULL DEFAULT false,
    kept_at timestamptz NOT NULL,
    CONSTRAINT mediator_relations_once UNIQUE (mediator_id, id_number_hash, kind)
  );
  CREATE INDEX mediator_relations_by_number ON mediator_relations (id_number_hash);
  CREATE TABLE disclosures (
    id uuid CONSTRAINT disclosures_pk PRIMARY KEY,
    case_id uuid NOT NULL CONSTRAINT disclosures_case REFERENCES cases,
    offer_id uuid NOT NULL CONSTRAINT disclosures_offer REFERENCES offers CONSTRAINT disclosures_one_an_offer UNIQUE,
    mediator_id uuid NOT NULL CONSTRAINT disclosures_mediator REFERENCES mediators,
    words_sealed bytea NOT NULL,
    disclosed_at timestamptz NOT NULL, ended_at timestamptz,
    outcome text CONSTRAINT disclosures_outcome CHECK (outcome IN ('accepted', 'refused', 'lapsed')),
    CONSTRAINT disclosures_end_has_an_outcome CHECK ((ended_at IS NULL) = (outcome IS NULL))
  );
  CREATE INDEX disclosures_of_case ON disclosures (case_id, disclosed_at);
  CREATE TABLE disclosure_answers (
    disclosure_id uuid NOT NULL CONSTRAINT disclosure_answers_of REFERENCES disclosures,
    person_id uuid NOT NULL CONSTRAINT disclosure_answers_person REFERENCES persons,
    agrees boolean NOT NULL, answered_at timestamptz NOT NULL,
    CONSTRAINT disclosure_answers_pk PRIMARY KEY (disclosure_id, person_id)
  );
  CREATE TABLE objections (
    id uuid CONSTRAINT objections_pk PRIMARY KEY,
    case_id uuid NOT NULL CONSTRAINT objections_case REFERENCES cases,
    mediator_id uuid NOT NULL CONSTRAINT objections_mediator REFERENCES mediators,
    person_id uuid NOT NULL CONSTRAINT objections_person REFERENCES persons,
    reason_sealed bytea NOT NULL,
    made_at timestamptz NOT NULL, due_at timestamptz NOT NULL,
    decided_at timestamptz, decided_by uuid CONSTRAINT objections_by REFERENCES persons,
    outcome text CONSTRAINT objections_outcome CHECK (outcome IN ('upheld', 'dismissed', 'lapsed')), answer_sealed bytea,
    CONSTRAINT objections_end_has_an_outcome CHECK ((decided_at IS NULL) = (outcome IS NULL)),
    CONSTRAINT objections_decided_by_somebody CHECK (outcome NOT IN ('upheld', 'dismissed') OR decided_by IS NOT NULL)
  );
  CREATE UNIQUE INDEX objections_one_open ON objections (case_id, person_id) WHERE decided_at IS NULL;
`;

/** One row for each thing that a machine sees between a mediator and a party. For the desk, the offered mediator of himself, and the clockwork. */
const marks = `
  -- Ова, ева, ина beside ов, ев, ин: a hint that may be wrong either way.
  CREATE FUNCTION surname_stem(name text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
    $$ SELECT regexp_replace(regexp_replace(lower(name), '([ое]в|[иы]н)а$', '\\1'), 'ая$', 'ий') $$;
  CREATE FUNCTION conflict_marks(which uuid) RETURNS TABLE (mediator_id uuid, mark text, kind text, until date, bars boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    WITH asked AS (SELECT c.id, CASE WHEN current_office() = 'mediator' THEN current_person() END AS only FROM cases c
      WHERE c.id = which AND (current_office() IN ('mediator', 'coordinator') AND sees_case(which) OR current_office() = 'system')),
    folk AS (SELECT p.person_id, p.kind, coalesce(p.id_number_hash, q.iin_hash) AS number, q.iin_hash AS own_number, p.email_hash, p.phone_hash, p.surname, a.only
      FROM asked a JOIN parties p ON p.case_id = a.id LEFT JOIN persons q ON q.id = p.person_id)
    SELECT r.mediator_id, 'relation', r.kind, r.until, r.bars FROM folk f JOIN mediator_relations r ON r.id_number_hash IN (f.number, f.own_number)
      WHERE f.only IS NULL OR r.mediator_id = f.only
    UNION SELECT m.person_id, 'contact', NULL, NULL, false FROM folk f
      JOIN persons q ON q.email_hash = f.email_hash OR q.phone_hash = f.phone_hash JOIN mediators m ON m.person_id = q.id
      WHERE m.person_id IS DISTINCT FROM f.person_id AND (f.only IS NULL OR m.person_id = f.only)
    UNION SELECT m.person_id, 'surname', NULL, NULL, false FROM folk f JOIN persons q ON surname_stem(q.surname) = surname_stem(f.surname)
      JOIN mediators m ON m.person_id = q.id WHERE f.kind = 'person' AND m.person_id IS DISTINCT FROM f.person_id AND (f.only IS NULL OR m.person_id = f.only)
    UNION SELECT m.person_id, 'shared_case', NULL, NULL, false FROM folk f
      JOIN parties his ON his.person_id = f.person_id OR his.id_number_hash = f.number
      JOIN parties own ON own.case_id = his.case_id AND own.id <> his.id JOIN mediators m ON m.person_id = own.person_id
      WHERE his.case_id <> which AND (f.only IS NULL OR m.person_id = f.only)
    UNION SELECT c.mediator_id, 'mediated_before', NULL, NULL, false FROM folk f
      JOIN parties his ON his.person_id = f.person_id OR his.id_number_hash = f.number JOIN cases c ON c.id = his.case_id
      WHERE c.id <> which AND c.mediator_id IS NOT NULL AND (f.only IS NULL OR c.mediator_id = f.only) $$;
  GRANT EXECUTE ON FUNCTION conflict_marks(uuid) TO cabinet_app, cabinet_worker;
`;

const answering = `
  -- 'accepted' with the last party's yes, 'refused' with the first no, 'waiting' before; what was asked of the mediator ends with it.
  CREATE FUNCTION answer_disclosure(which uuid, agreed boolean, at timestamptz) RETURNS TABLE (result text, offer uuid, mediator uuid)
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE found disclosures%ROWTYPE; ended text;
  BEGIN
    SELECT * INTO found FROM disclosures d WHERE d.id = which AND d.outcome IS NULL FOR UPDATE;
    IF found.id IS NULL OR current_office() IS DISTINCT FROM 'citizen'
       OR NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = found.case_id AND p.person_id = current_person()) THEN
      RETURN QUERY SELECT 'not_found', NULL::uuid, NULL::uuid; RETURN;
    END IF;
    INSERT INTO disclosure_answers (disclosure_id, person_id, agrees, answered_at) VALUES (which, current_person(), agreed, at)
      ON CONFLICT (disclosure_id, person_id) DO UPDATE SET agrees = excluded.agrees, answered_at = excluded.answered_at;
    ended := CASE WHEN NOT agreed THEN 'refused'
      WHEN NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = found.case_id AND p.person_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM disclosure_answers a
        WHERE a.disclosure_id = which AND a.person_id = p.person_id AND a.agrees)) THEN 'accepted' END;
    IF ended IS NOT NULL THEN
      UPDATE disclosures d SET outcome = ended, ended_at = at WHERE d.id = which;
      UPDATE offers o SET answered_at = at, answer = CASE ended WHEN 'accepted' THEN 'accepted' ELSE 'declined' END WHERE o.id = found.offer_id AND o.answered_at IS NULL;
    END IF;
    RETURN QUERY SELECT coalesce(ended, 'waiting'), found.offer_id, found.mediator_id;
  END $$;
  GRANT EXECUTE ON FUNCTION answer_disclosure(uuid, boolean, timestamptz) TO cabinet_app;
`;

const following = `
  CREATE FUNCTION disclosures_follow_offer() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    UPDATE disclosures d SET outcome = 'lapsed', ended_at = NEW.answered_at WHERE d.offer_id = NEW.id AND d.outcome IS NULL;
    RETURN NULL;
  END $$;
  CREATE TRIGGER offers_end_disclosures AFTER UPDATE OF answered_at ON offers FOR EACH ROW
    WHEN (OLD.answered_at IS NULL AND NEW.answered_at IS NOT NULL) EXECUTE FUNCTION disclosures_follow_offer();
  -- With the mediator, or with mediation, goes what was objected to him and not decided.
  CREATE FUNCTION objections_follow_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    UPDATE objections o SET outcome = 'lapsed', decided_at = NEW.state_since WHERE o.case_id = NEW.id AND o.outcome IS NULL;
    UPDATE deadlines d SET cancelled_at = NEW.state_since WHERE d.case_id = NEW.id AND d.code = 'OBJECTION' AND d.fired_at IS NULL AND d.cancelled_at IS NULL;
    RETURN NULL;
  END $$;
  CREATE TRIGGER cases_end_objections AFTER UPDATE OF state ON cases FOR EACH ROW
    WHEN (OLD.state IS DISTINCT FROM NEW.state AND NEW.state IN ('CONSENTED', 'DECLINED', 'WITHDRAWN', 'TERMINATED', 'CLOSED', 'SETTLED_FULL', 'SETTLED_PARTIAL'))
    EXECUTE FUNCTION objections_follow_case();
`;

const grants = `
  ALTER TABLE mediator_relations ENABLE ROW LEVEL SECURITY; ALTER TABLE mediator_relations FORCE ROW LEVEL SECURITY;
  ALTER TABLE disclosures ENABLE ROW LEVEL SECURITY; ALTER TABLE disclosures FORCE ROW LEVEL SECURITY;
  ALTER TABLE disclosure_answers ENABLE ROW LEVEL SECURITY; ALTER TABLE disclosure_answers FORCE ROW LEVEL SECURITY;
  ALTER TABLE objections ENABLE ROW LEVEL SECURITY; ALTER TABLE objections FORCE ROW LEVEL SECURITY;
  GRANT SELECT, INSERT, DELETE ON mediator_relations TO cabinet_app;
  GRANT SELECT, INSERT ON disclosures, objections TO cabinet_app;
  GRANT SELECT ON disclosure_answers TO cabinet_app;
  GRANT UPDATE (decided_at, decided_by, outcome, answer_sealed) ON objections TO cabinet_app;
  GRANT SELECT, UPDATE (outcome, ended_at) ON disclosures TO cabinet_writer;
  GRANT SELECT, INSERT, UPDATE ON disclosure_answers TO cabinet_writer;
  GRANT SELECT (case_id, outcome), UPDATE (outcome, decided_at) ON objections TO cabinet_writer;
  GRANT SELECT (id) ON offers TO cabinet_writer;
  GRANT UPDATE (cancelled_at) ON deadlines TO cabinet_writer;
  GRANT SELECT ON mediator_relations TO cabinet_guard;
  GRANT SELECT (kind) ON parties TO cabinet_guard;
  GRANT SELECT (surname, iin_hash, email_hash, phone_hash) ON persons TO cabinet_guard;
`;
