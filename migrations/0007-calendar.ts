import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Proposals of hours, meetings and bookings. Two bookings of one mediator, party or place can't overlap. */
export class Calendar implements MigrationInterface {
  name = 'Calendar1764000000007';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE EXTENSION IF NOT EXISTS btree_gist;
      CREATE TABLE proposals (
        id uuid CONSTRAINT proposals_pk PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT proposals_case REFERENCES cases,
        proposed_by uuid NOT NULL CONSTRAINT proposals_by REFERENCES persons,
        mode text NOT NULL CONSTRAINT proposals_mode CHECK (mode IN ('room', 'video', 'phone', 'in_person')),
        created_at timestamptz NOT NULL, expires_at timestamptz NOT NULL,
        closed_at timestamptz, outcome text CONSTRAINT proposals_outcome CHECK (outcome IN ('booked', 'declined', 'expired', 'withdrawn'))
      );
      CREATE UNIQUE INDEX proposals_one_open ON proposals (case_id) WHERE closed_at IS NULL;
      CREATE TABLE proposal_slots (
        id uuid CONSTRAINT proposal_slots_pk PRIMARY KEY,
        proposal_id uuid NOT NULL CONSTRAINT proposal_slots_proposal REFERENCES proposals,
        case_id uuid NOT NULL CONSTRAINT proposal_slots_case REFERENCES cases,
        during tstzrange NOT NULL CONSTRAINT proposal_slots_length CHECK (NOT isempty(during) AND upper(during) - lower(during) <= interval '8 hours')
      );
      CREATE INDEX proposal_slots_of ON proposal_slots (proposal_id);
      CREATE TABLE slot_answers (
        slot_id uuid NOT NULL CONSTRAINT slot_answers_slot REFERENCES proposal_slots,
        case_id uuid NOT NULL CONSTRAINT slot_answers_case REFERENCES cases,
        person_id uuid NOT NULL CONSTRAINT slot_answers_person REFERENCES persons,
        accepts boolean NOT NULL, answered_at timestamptz NOT NULL,
        CONSTRAINT slot_answers_pk PRIMARY KEY (slot_id, person_id)
      );
      CREATE TABLE meetings (
        id uuid CONSTRAINT meetings_pk PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT meetings_case REFERENCES cases,
        proposal_id uuid CONSTRAINT meetings_proposal REFERENCES proposals,
        mode text NOT NULL, during tstzrange NOT NULL,
        sequence integer NOT NULL DEFAULT 0,
        booked_at timestamptz NOT NULL, cancelled_at timestamptz, cancelled_by uuid CONSTRAINT meetings_cancelled_by REFERENCES persons
      );
      CREATE INDEX meetings_of_case ON meetings (case_id);
      CREATE TABLE bookings (
        id uuid CONSTRAINT bookings_pk PRIMARY KEY,
        meeting_id uuid NOT NULL CONSTRAINT bookings_meeting REFERENCES meetings,
        case_id uuid NOT NULL CONSTRAINT bookings_case REFERENCES cases,
        subject_kind text NOT NULL CONSTRAINT bookings_subject_kind CHECK (subject_kind IN ('mediator', 'party', 'place')),
        subject_id uuid NOT NULL,
        during tstzrange NOT NULL,
        cancelled_at timestamptz,
        CONSTRAINT bookings_never_overlap EXCLUDE USING gist (subject_id WITH =, during WITH &&) WHERE (cancelled_at IS NULL)
      );
      CREATE INDEX bookings_of_meeting ON bookings (meeting_id);

      -- When mediation has ended, whoever ended it (an office reads no hours), what was planned is called off in that transaction.
      CREATE FUNCTION call_off_hours(which uuid, by_person uuid, at timestamptz) RETURNS TABLE (meeting_id uuid, starts_at timestamptz)
      LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      #variable_conflict use_column
      BEGIN
        IF EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND case_is_live(c.state)) THEN
          RAISE EXCEPTION 'mediation has not ended' USING ERRCODE = 'restrict_violation';
        END IF;
        UPDATE proposals p SET closed_at = at, outcome = 'withdrawn' WHERE p.case_id = which AND p.closed_at IS NULL;
        UPDATE bookings b SET cancelled_at = at WHERE b.case_id = which AND b.cancelled_at IS NULL AND lower(b.during) > at;
        RETURN QUERY UPDATE meetings m SET cancelled_at = at, cancelled_by = by_person, sequence = m.sequence + 1
          WHERE m.case_id = which AND m.cancelled_at IS NULL AND lower(m.during) > at RETURNING m.id, lower(m.during);
      END $$;
    `);
  }

  async down(db: QueryRunner) {
    await db.query(
      `DROP FUNCTION call_off_hours(uuid, uuid, timestamptz); DROP TABLE bookings, meetings, slot_answers, proposal_slots, proposals`,
    );
  }
}
