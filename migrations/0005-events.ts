import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Facts, append-only and chained per case; the outbox that carries them to the worker. */
export class Events implements MigrationInterface {
  name = 'Events1764000000005';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE chain_heads (
        chain uuid CONSTRAINT chain_heads_pk PRIMARY KEY,
        seq bigint NOT NULL, hash bytea NOT NULL
      );
      CREATE TABLE events (
        id uuid CONSTRAINT events_pk PRIMARY KEY,
        chain uuid NOT NULL, seq bigint NOT NULL,
        case_id uuid CONSTRAINT events_case REFERENCES cases,
        type text NOT NULL, actor_id uuid, actor_role text NOT NULL,
        at timestamptz NOT NULL, data jsonb NOT NULL,
        previous bytea NOT NULL, hash bytea NOT NULL,
        CONSTRAINT events_chain UNIQUE (chain, seq)
      );
      CREATE INDEX events_of_case ON events (case_id, seq) WHERE case_id IS NOT NULL;
      CREATE TRIGGER events_append_only BEFORE UPDATE OR DELETE ON events FOR EACH ROW EXECUTE FUNCTION refuse_change();
      CREATE TABLE outbox (
        event_id uuid CONSTRAINT outbox_pk PRIMARY KEY CONSTRAINT outbox_event REFERENCES events,
        relayed_at timestamptz,
        -- When its notices were planned: what Redis lost in between is found by this being empty.
        handled_at timestamptz
      );
      CREATE INDEX outbox_waiting ON outbox (event_id) WHERE relayed_at IS NULL;
      CREATE INDEX outbox_unhandled ON outbox (relayed_at) WHERE handled_at IS NULL;
      CREATE FUNCTION wake_relay() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_notify('outbox', ''); RETURN NULL; END $$;
      CREATE TRIGGER outbox_wakes AFTER INSERT ON outbox FOR EACH STATEMENT EXECUTE FUNCTION wake_relay();
      CREATE TRIGGER one_time_codes_wake AFTER INSERT ON one_time_codes FOR EACH ROW WHEN (NEW.code_sealed IS NOT NULL) EXECUTE FUNCTION wake_relay();
      CREATE TRIGGER staff_invitations_wake AFTER INSERT ON staff_invitations FOR EACH ROW EXECUTE FUNCTION wake_relay();

      -- What is hashed: previous hash, then the fields joined by '|', data as PostgreSQL prints jsonb (keys ordered). Chain of the house: the nil id.
      CREATE FUNCTION event_hash(previous bytea, id uuid, chain uuid, seq bigint, type text, actor_id uuid, actor_role text, at timestamptz, data jsonb)
      RETURNS bytea LANGUAGE sql IMMUTABLE AS $$
        SELECT sha256(previous || convert_to(concat_ws('|', id::text, chain::text, seq::text, type, coalesce(actor_id::text, ''), actor_role,
          to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), data::text), 'UTF8')) $$;

      -- The one way to add a fact. Locks the head of its chain, so a chain has no fork; facts of several cases: ascending case id.
      CREATE FUNCTION record_event(id uuid, case_id uuid, type text, actor_id uuid, actor_role text, at timestamptz, data jsonb)
      RETURNS bigint LANGUAGE plpgsql SECURITY DEFINER SET search_path = public, pg_temp AS $$
      DECLARE
        which uuid := coalesce(record_event.case_id, '00000000-0000-0000-0000-000000000000');
        head chain_heads%ROWTYPE;
        next bytea;
      BEGIN
        INSERT INTO chain_heads (chain, seq, hash) VALUES (which, 0, '\\x') ON CONFLICT (chain) DO NOTHING;
        SELECT * INTO head FROM chain_heads h WHERE h.chain = which FOR UPDATE;
        next := event_hash(head.hash, record_event.id, which, head.seq + 1, record_event.type, record_event.actor_id, record_event.actor_role, record_event.at, record_event.data);
        INSERT INTO events (id, chain, seq, case_id, type, actor_id, actor_role, at, data, previous, hash)
          VALUES (record_event.id, which, head.seq + 1, record_event.case_id, record_event.type, record_event.actor_id, record_event.actor_role,
                  record_event.at, record_event.data, head.hash, next);
        UPDATE chain_heads h SET seq = head.seq + 1, hash = next WHERE h.chain = which;
        INSERT INTO outbox (event_id) VALUES (record_event.id);
        RETURN head.seq + 1;
      END $$;
    `);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP FUNCTION record_event(uuid, uuid, text, uuid, text, timestamptz, jsonb);
      DROP FUNCTION event_hash(bytea, uuid, uuid, bigint, text, uuid, text, timestamptz, jsonb);
      DROP TABLE outbox, events, chain_heads;
      DROP TRIGGER one_time_codes_wake ON one_time_codes; DROP TRIGGER staff_invitations_wake ON staff_invitations; DROP FUNCTION wake_relay();`);
  }
}
