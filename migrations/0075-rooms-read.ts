import type { MigrationInterface, QueryRunner } from 'typeorm';
import type { Policy } from './0009-policies.js';

/**
 * Who reads a message is asked once in a question, not once in each of its rows: of ten thousand messages looked through, nearly all the
 * time went into asking the same about the same room. The answer is the same list of rooms that `reads_room` says yes to.
 */
export class RoomsRead implements MigrationInterface {
  name = 'RoomsRead1764000000075';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE FUNCTION rooms_read() RETURNS SETOF uuid LANGUAGE sql STABLE ROWS 20 SECURITY DEFINER SET search_path = public, pg_temp AS
        $$ SELECT m.room_id FROM room_members m WHERE m.person_id = current_person() AND m.left_at IS NULL
             AND current_office() = CASE WHEN m.capacity IN ('mediator', 'co_mediator') THEN 'mediator' ELSE 'citizen' END $$;
      ALTER FUNCTION rooms_read() OWNER TO cabinet_writer;
      GRANT EXECUTE ON FUNCTION rooms_read() TO cabinet_app;
      ALTER POLICY members_read ON messages USING (${once});`);
  }

  async down(db: QueryRunner) {
    await db.query('ALTER POLICY members_read ON messages USING (reads_room(room_id)); DROP FUNCTION rooms_read();');
  }
}

const once = 'room_id IN (SELECT rooms_read())';
/** Takes the place of the first one of this name. */
export const messagesRead: Policy = ['messages', 'members_read', 'SELECT', 'cabinet_app', once];
