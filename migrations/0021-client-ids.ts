import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A client id names one message of a room, whoever wrote it: another member who sends it again is refused, not stored beside it. */
export class ClientIds implements MigrationInterface {
  name = 'ClientIds1764000000021';

  async up(db: QueryRunner) {
    await db.query('ALTER TABLE messages DROP CONSTRAINT messages_once, ADD CONSTRAINT messages_once UNIQUE (room_id, client_id)');
  }

  async down(db: QueryRunner) {
    await db.query(
      'ALTER TABLE messages DROP CONSTRAINT messages_once, ADD CONSTRAINT messages_once UNIQUE (room_id, author_id, client_id)',
    );
  }
}
