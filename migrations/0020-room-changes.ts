import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Whoever changes who is in a room, or its state: every api process hears of it at the commit (channel `rooms`, the room's id alone),
 * takes out whoever is no member any more and tells the others to look again. Messages do not come this way.
 */
export class RoomChanges implements MigrationInterface {
  name = 'RoomChanges1764000000020';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE FUNCTION tell_room() RETURNS trigger LANGUAGE plpgsql AS
        $$ BEGIN PERFORM pg_notify('rooms', to_jsonb(NEW)->>TG_ARGV[0]); RETURN NULL; END $$;
      CREATE TRIGGER rooms_tell_change AFTER UPDATE OF state ON rooms FOR EACH ROW
        WHEN (OLD.state IS DISTINCT FROM NEW.state) EXECUTE FUNCTION tell_room('id');
      CREATE TRIGGER room_members_tell_change AFTER INSERT OR UPDATE ON room_members FOR EACH ROW EXECUTE FUNCTION tell_room('room_id');
    `);
  }

  async down(db: QueryRunner) {
    await db.query(
      `DROP TRIGGER rooms_tell_change ON rooms; DROP TRIGGER room_members_tell_change ON room_members; DROP FUNCTION tell_room();`,
    );
  }
}
