import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * A root a day over the heads of all chains of facts, each root over the one before it: whoever keeps one can tell later whether a chain was
 * written anew. Published to everybody; it says nothing of what it was made from.
 */
export class AuditRoots implements MigrationInterface {
  name = 'AuditRoots1764000000099';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE audit_roots (
        day date CONSTRAINT audit_roots_pk PRIMARY KEY,
        chains bigint NOT NULL, tree bytea NOT NULL, previous bytea NOT NULL, root bytea NOT NULL CONSTRAINT audit_roots_length CHECK (length(root) = 32),
        made_at timestamptz NOT NULL
      );
      CREATE TRIGGER audit_roots_stand BEFORE UPDATE OR DELETE ON audit_roots FOR EACH ROW EXECUTE FUNCTION refuse_change();
      -- The last fact of every chain before a moment, in the order of the leaves. For the clockwork that makes the root, and the desk that proves by it.
      CREATE FUNCTION audit_leaves(until timestamptz) RETURNS TABLE (chain uuid, seq bigint, hash bytea)
      LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
        SELECT DISTINCT ON (e.chain) e.chain, e.seq, e.hash FROM events e
        WHERE e.at < until AND current_office() IN ('system', 'coordinator') ORDER BY e.chain, e.seq DESC $$;
      GRANT SELECT (chain, hash) ON events TO cabinet_guard;
      GRANT SELECT, INSERT ON audit_roots TO cabinet_worker;
      GRANT SELECT ON audit_roots TO cabinet_app;
      GRANT EXECUTE ON FUNCTION audit_leaves(timestamptz) TO cabinet_app, cabinet_worker;
      ALTER FUNCTION audit_leaves(timestamptz) OWNER TO cabinet_guard;
    `);
  }

  async down(db: QueryRunner) {
    await db.query(
      'DROP FUNCTION audit_leaves(timestamptz); DROP TABLE audit_roots; REVOKE SELECT (chain, hash) ON events FROM cabinet_guard;',
    );
  }
}
