import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is known of an encrypted file. Its bytes lie in the storage under the id, sealed with the key of its case or room. */
export class Files implements MigrationInterface {
  name = 'Files1764000000008';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE files (
        id uuid CONSTRAINT files_pk PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT files_case REFERENCES cases,
        room_id uuid CONSTRAINT files_room REFERENCES rooms,
        owner_id uuid NOT NULL CONSTRAINT files_owner REFERENCES persons,
        name_sealed bytea NOT NULL, media_type text NOT NULL,
        bytes bigint NOT NULL CONSTRAINT files_bytes CHECK (bytes > 0),
        mac bytea NOT NULL,
        added_at timestamptz NOT NULL, deleted_at timestamptz
      );
      CREATE INDEX files_of_case ON files (case_id);
      CREATE INDEX files_of_room ON files (room_id) WHERE room_id IS NOT NULL;
    `);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP TABLE files`);
  }
}
