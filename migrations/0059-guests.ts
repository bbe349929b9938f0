import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

/**
 * Whom a mediator asks into the rooms of a case beside its parties: a co-mediator, an interpreter, an observer. Nobody is seated before
 * he has pledged confidentiality and every party has agreed; in a private room only if its parties agreed to that too. Who takes the
 * agreement back, and the end of mediation, unseats in the same transaction.
 */
export class Guests implements MigrationInterface {
  name = 'Guests1764000000059';

  async up(db: QueryRunner) {
    await db.query(tables);
    await db.query(seating);
    await db.query(acts);
    for (const policy of guestPolicies) await db.query(createPolicy(policy));
    for (const owned of functions) await db.query(`ALTER FUNCTION ${owned} OWNER TO cabinet_writer`);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP TRIGGER cases_bid_guests_farewell ON cases; DROP TRIGGER guests_tell ON guests; ${functions.map((name) => `DROP FUNCTION ${name};`).join(' ')}
      DROP TABLE guest_answers, guests; REVOKE SELECT (id, email_hash, phone_hash) ON persons FROM cabinet_writer;`);
  }
}

/** Somebody who is asked is found by a contact of his own, in the role in which he would come. */
const isAsked = `(current_office() = CASE capacity WHEN 'co_mediator' THEN 'mediator' ELSE 'citizen' END
  AND EXISTS (SELECT 1 FROM persons p WHERE p.id = current_person() AND contact_hash IN (p.email_hash, p.phone_hash)))`;

export const guestPolicies: Policy[] = [
  ['guests', 'participants_and_asked', 'SELECT', 'cabinet_app', `is_participant(case_id) OR ${isAsked}`],
  [
    'guests',
    'mediator_asks',
    'INSERT',
    'cabinet_app',
    null,
    `current_office() = 'mediator' AND is_participant(case_id) AND asked_by = current_person()`,
  ],
  ['guests', 'writer_all', 'ALL', 'cabinet_writer', 'true', 'true'],
  ['guest_answers', 'own_answer', 'SELECT', 'cabinet_app', `person_id = current_person() AND current_office() = 'citizen'`],
  ['guest_answers', 'writer_all', 'ALL', 'cabinet_writer', 'true', 'true'],
];

const functions = [
  'tell_rooms_of_case()',
  'seat_guest(uuid, timestamptz)',
  'seat_guests(uuid, timestamptz)',
  'guests_leave()',
  'pledge_guest(uuid, text, timestamptz)',
  'answer_guest(uuid, boolean, boolean, timestamptz)',
  'end_guest(uuid, timestamptz)',
];

const tables = `
  CREATE TABLE guests (
    id uuid CONSTRAINT guests_pk PRIMARY KEY,
    case_id uuid NOT NULL CONSTRAINT guests_case REFERENCES cases,
    capacity text NOT NULL CONSTRAINT guests_capacity CHECK (capacity IN ('co_mediator', 'interpreter', 'observer')),
    name text NOT NULL, languages text[] NOT NULL DEFAULT '{}',
    contact_hash bytea NOT NULL,
    asked_by uuid NOT NULL CONSTRAINT guests_asker REFERENCES persons, asked_at timestamptz NOT NULL,
    -- Who came under that contact, and which words of confidentiality he pledged.
    person_id uuid CONSTRAINT guests_person REFERENCES persons, pledge text, pledged_at timestamptz,
    ended_at timestamptz,
    CONSTRAINT guests_interpreter_between_two CHECK (capacity <> 'interpreter' OR cardinality(languages) = 2),
    CONSTRAINT guests_pledged_whole CHECK ((person_id IS NULL) = (pledged_at IS NULL) AND (pledge IS NULL) = (pledged_at IS NULL))
  );
  CREATE UNIQUE INDEX guests_asked_once ON guests (case_id, contact_hash) WHERE ended_at IS NULL;
  CREATE UNIQUE INDEX guests_one_seat ON guests (case_id, person_id) WHERE ended_at IS NULL;
  CREATE INDEX guests_by_contact ON guests (contact_hash) WHERE ended_at IS NULL;
  -- A party's answer: to the guest at all, and to him in her own private rooms. Nobody else reads it: silence and "no" look alike.
  CREATE TABLE guest_answers (
    guest_id uuid NOT NULL CONSTRAINT guest_answers_guest REFERENCES guests,
    person_id uuid NOT NULL CONSTRAINT guest_answers_person REFERENCES persons,
    agrees boolean NOT NULL, own boolean NOT NULL, answered_at timestamptz NOT NULL,
    CONSTRAINT guest_answers_pk PRIMARY KEY (guest_id, person_id),
    CONSTRAINT guest_answers_own_needs_yes CHECK (agrees OR NOT own)
  );
  ALTER TABLE guests ENABLE ROW LEVEL SECURITY; ALTER TABLE guests FORCE ROW LEVEL SECURITY;
  ALTER TABLE guest_answers ENABLE ROW LEVEL SECURITY; ALTER TABLE guest_answers FORCE ROW LEVEL SECURITY;
  GRANT SELECT (id, case_id, capacity, name, languages, asked_by, asked_at, person_id, pledged_at, ended_at), INSERT ON guests TO cabinet_app;
  GRANT SELECT ON guest_answers TO cabinet_app;
  GRANT SELECT, UPDATE (person_id, pledge, pledged_at, ended_at) ON guests TO cabinet_writer;
  GRANT SELECT, INSERT, UPDATE ON guest_answers TO cabinet_writer;
  GRANT SELECT (id, email_hash, phone_hash) ON persons TO cabinet_writer;
`;

const seating = `
  -- Pages of the case's rooms look again: somebody was asked, or is not asked any more. What anybody answered is told by nothing.
  CREATE FUNCTION tell_rooms_of_case() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  BEGIN
    PERFORM pg_notify('rooms', r.id::text) FROM rooms r WHERE r.case_id = (coalesce(to_jsonb(NEW), to_jsonb(OLD))->>'case_id')::uuid;
    RETURN NULL;
  END $$;
  CREATE TRIGGER guests_tell AFTER INSERT OR UPDATE OF ended_at ON guests FOR EACH ROW EXECUTE FUNCTION tell_rooms_of_case();

  -- Where a guest sits follows from the pledge and the answers alone. Rooms are locked in the order of post_messages; whoever calls holds the guest.
  CREATE FUNCTION seat_guest(which uuid, at timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE guest guests%ROWTYPE; room record; agreed boolean; fits boolean; sits boolean;
  BEGIN
    SELECT * INTO guest FROM guests g WHERE g.id = which;
    IF guest.person_id IS NULL THEN RETURN; END IF;
    PERFORM 1 FROM rooms r WHERE r.case_id = guest.case_id ORDER BY r.id FOR UPDATE;
    agreed := guest.ended_at IS NULL AND EXISTS (SELECT 1 FROM cases c WHERE c.id = guest.case_id AND case_is_live(c.state))
      AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = guest.case_id AND p.person_id IS NOT NULL
        AND NOT EXISTS (SELECT 1 FROM guest_answers a WHERE a.guest_id = which AND a.person_id = p.person_id AND a.agrees));
    FOR room IN SELECT r.id, r.kind, r.closed_at FROM rooms r WHERE r.case_id = guest.case_id ORDER BY r.id LOOP
      sits := EXISTS (SELECT 1 FROM room_members m WHERE m.room_id = room.id AND m.person_id = guest.person_id AND m.left_at IS NULL AND m.capacity = guest.capacity);
      fits := agreed AND (room.closed_at IS NULL OR sits) AND (room.kind = 'joint' OR NOT EXISTS (SELECT 1 FROM room_members m
        WHERE m.room_id = room.id AND m.left_at IS NULL AND m.capacity = 'party'
          AND NOT EXISTS (SELECT 1 FROM guest_answers a WHERE a.guest_id = which AND a.person_id = m.person_id AND a.own)));
      IF sits AND NOT fits THEN
        UPDATE room_members m SET left_at = greatest(at, m.joined_at) WHERE m.room_id = room.id AND m.person_id = guest.person_id AND m.left_at IS NULL;
      ELSIF fits AND NOT sits AND NOT is_member(room.id, guest.person_id) THEN
        INSERT INTO room_members (room_id, person_id, capacity, joined_at)
          SELECT room.id, guest.person_id, guest.capacity, greatest(at, max(m.joined_at) + interval '1 microsecond')
          FROM room_members m WHERE m.room_id = room.id AND m.person_id = guest.person_id;
      END IF;
    END LOOP;
  END $$;
  CREATE FUNCTION seat_guests(of_case uuid, at timestamptz) RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE guest record;
  BEGIN
    FOR guest IN SELECT g.id FROM guests g WHERE g.case_id = of_case AND g.ended_at IS NULL ORDER BY g.id FOR UPDATE LOOP
      PERFORM seat_guest(guest.id, at);
    END LOOP;
  END $$;

  -- Guests came for this mediator's mediation: they leave with him, and when it ends. Fires before the triggers that lock the rooms.
  CREATE FUNCTION guests_leave() RETURNS trigger LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE guest record;
  BEGIN
    FOR guest IN SELECT g.id FROM guests g WHERE g.case_id = NEW.id AND g.ended_at IS NULL ORDER BY g.id FOR UPDATE LOOP
      UPDATE guests g SET ended_at = NEW.state_since WHERE g.id = guest.id;
      PERFORM seat_guest(guest.id, NEW.state_since);
    END LOOP;
    RETURN NULL;
  END $$;
  CREATE TRIGGER cases_bid_guests_farewell AFTER UPDATE OF state, mediator_id ON cases FOR EACH ROW
    WHEN (case_is_live(OLD.state) AND NOT case_is_live(NEW.state) OR OLD.mediator_id IS NOT NULL AND OLD.mediator_id IS DISTINCT FROM NEW.mediator_id)
    EXECUTE FUNCTION guests_leave();
`;

const acts = `
  -- By whom the contact belongs to, in the role he comes in: no party, and not the mediator himself. A co-mediator stands in the register.
  CREATE FUNCTION pledge_guest(which uuid, words text, at timestamptz) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE guest guests%ROWTYPE;
  BEGIN
    SELECT * INTO guest FROM guests g WHERE g.id = which AND g.ended_at IS NULL FOR UPDATE;
    IF guest.id IS NULL OR current_office() IS DISTINCT FROM (CASE guest.capacity WHEN 'co_mediator' THEN 'mediator' ELSE 'citizen' END)
       OR NOT EXISTS (SELECT 1 FROM persons p WHERE p.id = current_person() AND guest.contact_hash IN (p.email_hash, p.phone_hash))
       OR EXISTS (SELECT 1 FROM parties p WHERE p.case_id = guest.case_id AND p.person_id = current_person())
       OR EXISTS (SELECT 1 FROM cases c WHERE c.id = guest.case_id AND c.mediator_id = current_person()) THEN RETURN 'not_found'; END IF;
    IF guest.pledged_at IS NOT NULL THEN RETURN 'done'; END IF;
    IF guest.capacity = 'co_mediator' AND NOT EXISTS (SELECT 1 FROM mediators m WHERE m.person_id = current_person() AND m.status = 'active') THEN
      RETURN 'mediator.not_eligible';
    END IF;
    IF EXISTS (SELECT 1 FROM guests g WHERE g.case_id = guest.case_id AND g.person_id = current_person() AND g.ended_at IS NULL) THEN RETURN 'conflict'; END IF;
    UPDATE guests g SET person_id = current_person(), pledge = words, pledged_at = at WHERE g.id = which;
    PERFORM seat_guest(which, at);
    RETURN 'done';
  END $$;

  CREATE FUNCTION answer_guest(which uuid, agreed boolean, in_own boolean, at timestamptz) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE guest guests%ROWTYPE;
  BEGIN
    SELECT * INTO guest FROM guests g WHERE g.id = which AND g.ended_at IS NULL FOR UPDATE;
    IF guest.id IS NULL OR current_office() IS DISTINCT FROM 'citizen'
       OR NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = guest.case_id AND p.person_id = current_person()) THEN RETURN 'not_found'; END IF;
    INSERT INTO guest_answers (guest_id, person_id, agrees, own, answered_at) VALUES (which, current_person(), agreed, agreed AND in_own, at)
      ON CONFLICT (guest_id, person_id) DO UPDATE SET agrees = excluded.agrees, own = excluded.own, answered_at = excluded.answered_at;
    PERFORM seat_guest(which, at);
    RETURN 'done';
  END $$;

  -- By the mediator, or by the guest himself.
  CREATE FUNCTION end_guest(which uuid, at timestamptz) RETURNS text
  LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
  DECLARE guest guests%ROWTYPE;
  BEGIN
    SELECT * INTO guest FROM guests g WHERE g.id = which FOR UPDATE;
    IF guest.id IS NULL OR NOT (current_office() = 'mediator' AND EXISTS (SELECT 1 FROM cases c WHERE c.id = guest.case_id AND c.mediator_id = current_person())
       OR guest.person_id IS NOT NULL AND guest.person_id = current_person() AND current_office() = CASE guest.capacity WHEN 'co_mediator' THEN 'mediator' ELSE 'citizen' END) THEN RETURN 'not_found'; END IF;
    IF guest.ended_at IS NULL THEN
      UPDATE guests g SET ended_at = at WHERE g.id = which;
      PERFORM seat_guest(which, at);
    END IF;
    RETURN 'done';
  END $$;
  GRANT EXECUTE ON FUNCTION pledge_guest(uuid, text, timestamptz), answer_guest(uuid, boolean, boolean, timestamptz), end_guest(uuid, timestamptz) TO cabinet_app;
`;
