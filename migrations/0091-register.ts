import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

/** Nobody keeps his own entry: a coordinator who mediates too is another coordinator's business. */
const asDesk = `current_office() IN ('coordinator', 'system') AND mediator_id IS DISTINCT FROM current_person()`;
const asOwn = `current_office() = 'mediator' AND mediator_id = current_person()`;
const readers = `current_office() IN ('coordinator', 'system') OR ${asOwn}`;
export const policies: Policy[] = [
  ['register_details', 'desk_and_own', 'SELECT', 'cabinet_app', readers],
  ['register_details', 'desk_adds', 'INSERT', 'cabinet_app', null, asDesk],
  ['register_details', 'desk_corrects', 'UPDATE', 'cabinet_app', asDesk, asDesk],
  ['register_details', 'guard_reads', 'SELECT', 'cabinet_guard', 'true'],
  // The clockwork that offers a case to the next one has to know that he is not a party of it: a keyed hash, nothing else.
  ['register_details', 'worker_compares', 'SELECT', 'cabinet_worker', 'true'],
  ['certificates', 'desk_and_own', 'SELECT', 'cabinet_app', readers],
  ['certificates', 'desk_adds', 'INSERT', 'cabinet_app', null, asDesk],
  ['certificates', 'desk_removes', 'DELETE', 'cabinet_app', asDesk],
  ['register_changes', 'desk_and_own', 'SELECT', 'cabinet_app', readers],
  ['register_changes', 'desk_notes', 'INSERT', 'cabinet_app', null, `(${asDesk}) OR (${asOwn} AND kind = 'capacity')`],
];

/**
 * The register as the law names its fields (domain/law.md 1.3): what is internal lies sealed beside what anybody may know, certificates are
 * rows of their own that never overlap, and every change stays with its day, its ground and who made it.
 */
export class Register implements MigrationInterface {
  name = 'Register1764000000091';

  async up(db: QueryRunner) {
    await db.query(tables);
    await db.query(functions);
    await db.query(marks);
    for (const policy of policies) await db.query(createPolicy(policy));
    await db.query(grants);
    await db.query('ALTER FUNCTION raise_register_handover(uuid, uuid, timestamptz) OWNER TO cabinet_guard');
  }

  async down(db: QueryRunner) {
    await db.query(formerMarks);
    await db.query(`DROP FUNCTION raise_register_handover(uuid, uuid, timestamptz); DROP TABLE register_changes, certificates, register_details; DROP FUNCTION certificates_count();
      REVOKE SELECT (representative_name) ON parties FROM cabinet_guard;
      ALTER TABLE mediators DROP CONSTRAINT mediators_status_in_order, DROP COLUMN version, DROP COLUMN status_ground, DROP COLUMN organisation, DROP COLUMN organisation_bin, DROP COLUMN community,
        DROP COLUMN protocol_number, DROP COLUMN protocol_date;`);
  }
}

const tables = `
  ALTER TABLE mediators
    ADD COLUMN version integer NOT NULL DEFAULT 1, ADD COLUMN status_ground text,
    ADD COLUMN organisation text, ADD COLUMN organisation_bin text,
    ADD COLUMN community text, ADD COLUMN protocol_number text, ADD COLUMN protocol_date date,
    ADD CONSTRAINT mediators_status_in_order CHECK (status_until IS NULL OR status_from IS NULL OR status_from < status_until);
  CREATE TABLE register_details (
    mediator_id uuid CONSTRAINT register_details_pk PRIMARY KEY CONSTRAINT register_details_mediator REFERENCES mediators,
    -- IIN, e-mail, telephone, address, employer, as JSON, with the person's key.
    sealed bytea NOT NULL,
    iin_hash bytea NOT NULL CONSTRAINT register_details_one_person UNIQUE,
    -- Keyed hash of the folded name and the day of birth: the same person under another spelling.
    namesake_hash bytea NOT NULL,
    -- Keyed hashes of the BINs of his organisation and of his employer.
    bin_hashes bytea[] NOT NULL DEFAULT '{}'
  );
  CREATE INDEX register_details_namesakes ON register_details (namesake_hash);
  CREATE TABLE certificates (
    id uuid CONSTRAINT certificates_pk PRIMARY KEY,
    mediator_id uuid NOT NULL CONSTRAINT certificates_mediator REFERENCES mediators,
    course text NOT NULL CONSTRAINT certificates_course CHECK (course IN ('general', 'specialised', 'trainer')),
    -- Of a specialised course: the kind of dispute.
    field text,
    number text NOT NULL, issuer text NOT NULL,
    issued_on date NOT NULL, valid_until date NOT NULL,
    CONSTRAINT certificates_in_order CHECK (issued_on <= valid_until),
    CONSTRAINT certificates_field_of_specialised CHECK ((course = 'specialised') = (field IS NOT NULL)),
    CONSTRAINT certificates_number UNIQUE (issuer, number),
    CONSTRAINT certificates_apart EXCLUDE USING gist (mediator_id WITH =, course WITH =, (coalesce(field, '')) WITH =, daterange(issued_on, valid_until, '[]') WITH &&)
  );
  CREATE TABLE register_changes (
    id uuid CONSTRAINT register_changes_pk PRIMARY KEY,
    mediator_id uuid NOT NULL CONSTRAINT register_changes_mediator REFERENCES mediators,
    kind text NOT NULL CONSTRAINT register_changes_kind CHECK (kind IN ('entered', 'corrected', 'suspended', 'excluded', 'restored', 'certified', 'capacity')),
    -- Of a change of standing: from which day, until which, on what ground.
    from_day date, until_day date, ground text,
    -- What changed: name -> [before, after]; of what is internal the name alone.
    changes jsonb NOT NULL DEFAULT '{}',
    changed_by uuid CONSTRAINT register_changes_by REFERENCES persons,
    changed_at timestamptz NOT NULL
  );
  CREATE INDEX register_changes_of_mediator ON register_changes (mediator_id, changed_at);
`;

const functions = `
  -- The last day of the general course's newest certificate is what the law asks of a professional mediator.
  CREATE FUNCTION certificates_count() RETURNS trigger LANGUAGE plpgsql AS $$
  DECLARE whose uuid := coalesce(NEW.mediator_id, OLD.mediator_id);
  BEGIN
    UPDATE mediators m SET (certificate_number, certificate_until) =
      (SELECT c.number, c.valid_until FROM certificates c WHERE c.mediator_id = whose AND c.course = 'general' ORDER BY c.valid_until DESC LIMIT 1)
      WHERE m.person_id = whose;
    RETURN NULL;
  END $$;
  CREATE TRIGGER certificates_count AFTER INSERT OR DELETE ON certificates FOR EACH ROW EXECUTE FUNCTION certificates_count();

  -- A fact in every open case of who may not mediate any more, in ascending case id as chain heads are locked.
  CREATE FUNCTION raise_register_handover(person uuid, changed_by uuid, at timestamptz) RETURNS integer
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE waiting uuid; raised integer := 0;
  BEGIN
    IF current_office() IS DISTINCT FROM 'coordinator' THEN RETURN 0; END IF;
    FOR waiting IN SELECT c.id FROM cases c WHERE (c.mediator_id = person AND (c.state IN ('MEDIATOR_ACCEPTED', 'CONTRACT_DRAFT', 'CONTRACT_SIGNING') OR case_is_live(c.state)))
        OR EXISTS (SELECT 1 FROM offers o WHERE o.case_id = c.id AND o.mediator_id = person AND o.answered_at IS NULL) ORDER BY c.id LOOP
      PERFORM record_event(time_ordered_id(at), waiting, 'case.handover_raised', changed_by, 'coordinator', at, jsonb_build_object('mediatorId', person));
      raised := raised + 1;
    END LOOP;
    RETURN raised;
  END $$;
  GRANT EXECUTE ON FUNCTION raise_register_handover(uuid, uuid, timestamptz) TO cabinet_app;
`;

/** Since 0088: where he works or belongs is a party of the case, or he bears the surname of who acts for a party. Hints alone. */
const folk = (acting: string) => `
    WITH asked AS (SELECT c.id, CASE WHEN current_office() = 'mediator' THEN current_person() END AS only FROM cases c
      WHERE c.id = which AND (current_office() IN ('mediator', 'coordinator') AND sees_case(which) OR current_office() = 'system')),
    folk AS (SELECT p.person_id, p.kind, coalesce(p.id_number_hash, q.iin_hash) AS number, q.iin_hash AS own_number, p.email_hash, p.phone_hash, p.surname, ${acting} a.only
      FROM asked a JOIN parties p ON p.case_id = a.id LEFT JOIN persons q ON q.id = p.person_id)
    SELECT r.mediator_id, 'relation', r.kind, r.until, r.bars FROM folk f JOIN mediator_relations r ON r.id_number_hash IN (f.number, f.own_number)
      WHERE f.only IS NULL OR r.mediator_id = f.only
    UNION SELECT m.person_id, 'contact', NULL, NULL, false FROM folk f
      JOIN persons q ON q.email_hash = f.email_hash OR q.phone_hash = f.phone_hash JOIN mediators m ON m.person_id = q.id
      WHERE m.person_id IS DISTINCT FROM f.person_id AND (f.only IS NULL OR m.person_id = f.only)
    UNION SELECT m.person_id, 'shared_case', NULL, NULL, false FROM folk f
      JOIN parties his ON his.person_id = f.person_id OR his.id_number_hash = f.number
      JOIN parties own ON own.case_id = his.case_id AND own.id <> his.id JOIN mediators m ON m.person_id = own.person_id
      WHERE his.case_id <> which AND (f.only IS NULL OR m.person_id = f.only)
    UNION SELECT c.mediator_id, 'mediated_before', NULL, NULL, false FROM folk f
      JOIN parties his ON his.person_id = f.person_id OR his.id_number_hash = f.number JOIN cases c ON c.id = his.case_id
      WHERE c.id <> which AND c.mediator_id IS NOT NULL AND (f.only IS NULL OR c.mediator_id = f.only)`;
const replacing = (body: string) => `
  CREATE OR REPLACE FUNCTION conflict_marks(which uuid) RETURNS TABLE (mediator_id uuid, mark text, kind text, until date, bars boolean)
  LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$ ${body} $$;`;
const marks = replacing(`${folk('split_part(p.representative_name, $q$ $q$, 1) AS acting,')}
    UNION SELECT m.person_id, 'surname', NULL, NULL, false FROM folk f
      JOIN persons q ON surname_stem(q.surname) = surname_stem(f.surname) AND f.kind = 'person' OR f.acting <> '' AND surname_stem(q.surname) = surname_stem(f.acting)
      JOIN mediators m ON m.person_id = q.id WHERE m.person_id IS DISTINCT FROM f.person_id AND (f.only IS NULL OR m.person_id = f.only)
    UNION SELECT d.mediator_id, 'employer', NULL, NULL, false FROM folk f JOIN register_details d ON f.number = ANY (d.bin_hashes)
      WHERE (f.only IS NULL OR d.mediator_id = f.only)`);
const formerMarks = replacing(`${folk('')}
    UNION SELECT m.person_id, 'surname', NULL, NULL, false FROM folk f JOIN persons q ON surname_stem(q.surname) = surname_stem(f.surname)
      JOIN mediators m ON m.person_id = q.id WHERE f.kind = 'person' AND m.person_id IS DISTINCT FROM f.person_id AND (f.only IS NULL OR m.person_id = f.only)`);

const grants = `
  ALTER TABLE register_details ENABLE ROW LEVEL SECURITY; ALTER TABLE register_details FORCE ROW LEVEL SECURITY;
  ALTER TABLE certificates ENABLE ROW LEVEL SECURITY; ALTER TABLE certificates FORCE ROW LEVEL SECURITY;
  ALTER TABLE register_changes ENABLE ROW LEVEL SECURITY; ALTER TABLE register_changes FORCE ROW LEVEL SECURITY;
  GRANT SELECT, INSERT, UPDATE ON register_details TO cabinet_app;
  GRANT SELECT, INSERT, DELETE ON certificates TO cabinet_app;
  GRANT SELECT, INSERT ON register_changes TO cabinet_app;
  GRANT SELECT (mediator_id, bin_hashes) ON register_details TO cabinet_guard;
  GRANT SELECT (representative_name) ON parties TO cabinet_guard;
  GRANT SELECT (mediator_id, iin_hash) ON register_details TO cabinet_worker;
`;
