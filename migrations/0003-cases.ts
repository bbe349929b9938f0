import type { MigrationInterface, QueryRunner } from 'typeorm';

const states = `'DRAFT','SUBMITTED','RETURNED','REFUSED_SCOPE','INVITED','DECLINED','NO_RESPONSE','CONSENTED','MEDIATOR_OFFERED','MEDIATOR_ACCEPTED',
  'CONTRACT_DRAFT','CONTRACT_SIGNING','IN_MEDIATION','EXTENDED','SETTLEMENT_DRAFT','SETTLEMENT_SIGNING','SETTLED_FULL','SETTLED_PARTIAL','TERMINATED',
  'AT_COURT','COURT_APPROVED','COURT_REFUSED','PERFORMING','PERFORMED','BREACH_CLAIMED','BREACHED','CLOSED','ARCHIVED','WITHDRAWN'`;

/** A case, its application, parties, invitations, offers, papers and deadlines. Row-level policies: 0009. */
export class Cases implements MigrationInterface {
  name = 'Cases1764000000003';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE SEQUENCE case_numbers;
      CREATE TABLE cases (
        id uuid CONSTRAINT cases_pk PRIMARY KEY,
        number text CONSTRAINT cases_number UNIQUE,
        state text NOT NULL CONSTRAINT cases_state CHECK (state IN (${states})),
        state_since timestamptz NOT NULL,
        ground text CONSTRAINT cases_ground CHECK (ground IN ('1','2','3','4','5','T1','T2','T3')),
        refusal_code text, refusal_proposed_by uuid CONSTRAINT cases_refusal_by REFERENCES persons,
        category text NOT NULL, subcategory text, district text NOT NULL,
        language text NOT NULL,
        door text NOT NULL DEFAULT 'self' CONSTRAINT cases_door CHECK (door IN ('self', 'desk', 'court')),
        created_by uuid NOT NULL CONSTRAINT cases_creator REFERENCES persons,
        mediator_id uuid CONSTRAINT cases_mediator REFERENCES persons,
        court_id text CONSTRAINT cases_court REFERENCES courts, court_case_number text,
        safe_process boolean NOT NULL DEFAULT false,
        shuttle text CONSTRAINT cases_shuttle CHECK (shuttle IN ('default', 'required')),
        created_at timestamptz NOT NULL, filed_at timestamptz, contract_at timestamptz, term_ends_at timestamptz, closed_at timestamptz,
        rules_on date NOT NULL,
        CONSTRAINT cases_settled_by_ground_1 CHECK (state NOT IN ('SETTLED_FULL', 'SETTLED_PARTIAL') OR ground = '1'),
        CONSTRAINT cases_terminated_by_other_ground CHECK (state <> 'TERMINATED' OR (ground IS NOT NULL AND ground <> '1')),
        CONSTRAINT cases_live_has_mediator CHECK (state NOT IN ('MEDIATOR_ACCEPTED','CONTRACT_DRAFT','CONTRACT_SIGNING','IN_MEDIATION','EXTENDED','SETTLEMENT_DRAFT','SETTLEMENT_SIGNING') OR mediator_id IS NOT NULL),
        CONSTRAINT cases_filed_is_numbered CHECK (state IN ('DRAFT', 'WITHDRAWN') OR number IS NOT NULL),
        CONSTRAINT cases_filed_is_placed CHECK (number IS NULL OR (category <> '' AND district <> '')),
        CONSTRAINT cases_court_number_needs_court CHECK (court_case_number IS NULL OR court_id IS NOT NULL)
      );
      CREATE INDEX cases_by_state ON cases (state, state_since, id);
      CREATE INDEX cases_by_age ON cases (state_since, id) WHERE state <> 'DRAFT';
      CREATE INDEX cases_by_court ON cases (court_id, state_since DESC, id DESC) WHERE court_id IS NOT NULL;
      CREATE INDEX cases_by_mediator ON cases (mediator_id) WHERE mediator_id IS NOT NULL;
      CREATE INDEX cases_by_creator ON cases (created_by);

      CREATE FUNCTION case_is_live(state text) RETURNS boolean LANGUAGE sql IMMUTABLE PARALLEL SAFE AS
        $$ SELECT state IN ('IN_MEDIATION', 'EXTENDED', 'SETTLEMENT_DRAFT', 'SETTLEMENT_SIGNING') $$;

      -- What the applicant wrote. Sealed with the case's key.
      CREATE TABLE applications (
        case_id uuid CONSTRAINT applications_pk PRIMARY KEY CONSTRAINT applications_case REFERENCES cases,
        answers_sealed bytea NOT NULL,
        version integer NOT NULL DEFAULT 1,
        saved_at timestamptz NOT NULL,
        return_notes_sealed bytea
      );
      -- The neutral words a coordinator approved for the invited party.
      CREATE TABLE summaries (
        case_id uuid CONSTRAINT summaries_pk PRIMARY KEY CONSTRAINT summaries_case REFERENCES cases,
        body_sealed bytea NOT NULL,
        approved_by uuid NOT NULL CONSTRAINT summaries_by REFERENCES persons, approved_at timestamptz NOT NULL
      );
      CREATE TABLE parties (
        id uuid CONSTRAINT parties_pk PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT parties_case REFERENCES cases,
        side text NOT NULL CONSTRAINT parties_side CHECK (side IN ('A', 'B')),
        ordinal integer NOT NULL,
        kind text NOT NULL CONSTRAINT parties_kind CHECK (kind IN ('person', 'organisation')),
        person_id uuid CONSTRAINT parties_person REFERENCES persons,
        surname text, given text, patronymic text, organisation text,
        representative_kind text CONSTRAINT parties_representative CHECK (representative_kind IN ('head', 'poa', 'legal')),
        representative_name text, representative_position text,
        -- The name as it is searched: lower case, Kazakh letters and look-alikes folded.
        name_folded text NOT NULL DEFAULT '',
        language text NOT NULL,
        id_number_sealed bytea, id_number_hash bytea,
        email_sealed bytea, email_hash bytea, phone_sealed bytea, phone_hash bytea,
        joined_at timestamptz,
        CONSTRAINT parties_ordinal UNIQUE (case_id, side, ordinal),
        CONSTRAINT parties_named CHECK ((kind = 'person' AND surname IS NOT NULL AND given IS NOT NULL) OR (kind = 'organisation' AND organisation IS NOT NULL))
      );
      CREATE INDEX parties_by_person ON parties (person_id) WHERE person_id IS NOT NULL;
      CREATE UNIQUE INDEX parties_one_side_a_case ON parties (case_id, person_id) WHERE person_id IS NOT NULL;

      CREATE TABLE invitations (
        id uuid CONSTRAINT invitations_pk PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT invitations_case REFERENCES cases,
        party_id uuid NOT NULL CONSTRAINT invitations_party REFERENCES parties,
        round integer NOT NULL,
        code_hash bytea NOT NULL CONSTRAINT invitations_code UNIQUE,
        code_sealed bytea,
        issued_at timestamptz NOT NULL, expires_at timestamptz NOT NULL, revoked_at timestamptz,
        opened_at timestamptz, understood_at timestamptz, answered_at timestamptz,
        answer text CONSTRAINT invitations_answer CHECK (answer IN ('consent', 'decline', 'silence')),
        reason_sealed bytea,
        CONSTRAINT invitations_round UNIQUE (case_id, party_id, round)
      );
      CREATE TABLE offers (
        id uuid CONSTRAINT offers_pk PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT offers_case REFERENCES cases,
        mediator_id uuid NOT NULL CONSTRAINT offers_mediator REFERENCES mediators,
        offered_by uuid NOT NULL CONSTRAINT offers_by REFERENCES persons,
        offered_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
        answered_at timestamptz, answer text CONSTRAINT offers_answer CHECK (answer IN ('accepted', 'declined', 'expired', 'withdrawn')),
        declaration jsonb,
        CONSTRAINT offers_accepted_declares CHECK (answer <> 'accepted' OR declaration IS NOT NULL)
      );
      CREATE UNIQUE INDEX offers_one_open ON offers (case_id) WHERE answered_at IS NULL;

      -- Contract and settlement: one frozen text, one hash, confirmed by all.
      CREATE TABLE papers (
        id uuid CONSTRAINT papers_pk PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT papers_case REFERENCES cases,
        kind text NOT NULL CONSTRAINT papers_kind CHECK (kind IN ('contract', 'settlement')),
        scope text CONSTRAINT papers_scope CHECK (scope IN ('full', 'partial')),
        text_sealed bytea NOT NULL, hash bytea NOT NULL,
        drafted_by uuid NOT NULL CONSTRAINT papers_by REFERENCES persons,
        created_at timestamptz NOT NULL, frozen_at timestamptz, concluded_at timestamptz, abandoned_at timestamptz
      );
      CREATE UNIQUE INDEX papers_one_open ON papers (case_id, kind) WHERE abandoned_at IS NULL;
      CREATE TABLE confirmation_methods (
        method text CONSTRAINT confirmation_methods_pk PRIMARY KEY,
        environments text[] NOT NULL,
        approved boolean NOT NULL DEFAULT false,
        note text NOT NULL
      );
      CREATE TABLE confirmations (
        paper_id uuid NOT NULL CONSTRAINT confirmations_paper REFERENCES papers,
        person_id uuid NOT NULL CONSTRAINT confirmations_person REFERENCES persons,
        party_id uuid CONSTRAINT confirmations_party REFERENCES parties,
        hash bytea NOT NULL, method text NOT NULL CONSTRAINT confirmations_method REFERENCES confirmation_methods,
        confirmed_at timestamptz NOT NULL,
        CONSTRAINT confirmations_pk PRIMARY KEY (paper_id, person_id)
      );
      CREATE TRIGGER confirmations_append_only BEFORE UPDATE OR DELETE ON confirmations FOR EACH ROW EXECUTE FUNCTION refuse_change();

      -- Why somebody left, in his own words: sealed, and read by his own side alone.
      CREATE TABLE ending_reasons (
        id uuid CONSTRAINT ending_reasons_pk PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT ending_reasons_case REFERENCES cases,
        person_id uuid NOT NULL CONSTRAINT ending_reasons_person REFERENCES persons,
        side text CONSTRAINT ending_reasons_side CHECK (side IN ('A', 'B')),
        body_sealed bytea NOT NULL,
        given_at timestamptz NOT NULL
      );
      CREATE INDEX ending_reasons_of_case ON ending_reasons (case_id);
      CREATE TABLE deadlines (
        id uuid CONSTRAINT deadlines_pk PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT deadlines_case REFERENCES cases,
        code text NOT NULL, subject_id uuid,
        starts_at timestamptz NOT NULL, due_at timestamptz NOT NULL,
        fired_at timestamptz, cancelled_at timestamptz
      );
      CREATE UNIQUE INDEX deadlines_one_open ON deadlines (case_id, code) WHERE fired_at IS NULL AND cancelled_at IS NULL;
      CREATE INDEX deadlines_due ON deadlines (due_at) WHERE fired_at IS NULL AND cancelled_at IS NULL;

      -- What was still asked of somebody ends with its case in the same transaction, whoever ends it: an invitation, an offer, a text to confirm.
      CREATE FUNCTION askings_follow_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      BEGIN
        IF NEW.state = 'WITHDRAWN' THEN
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
      CREATE TRIGGER cases_close_askings AFTER UPDATE OF state ON cases FOR EACH ROW EXECUTE FUNCTION askings_follow_case();
    `);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP TABLE deadlines, ending_reasons, confirmations, confirmation_methods, papers, offers, invitations, parties, summaries, applications, cases;
      DROP FUNCTION askings_follow_case(); DROP FUNCTION case_is_live(text); DROP SEQUENCE case_numbers;`);
  }
}
