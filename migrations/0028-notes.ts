import type { MigrationInterface, QueryRunner } from 'typeorm';
import { createPolicy, type Policy } from './0009-policies.js';

/** A mediator's private notes: his own, while he mediates. Nobody inherits them, and who left reads them no more. */
export class Notes implements MigrationInterface {
  name = 'Notes1764000000028';

  async up(db: QueryRunner) {
    await db.query(`
      CREATE TABLE notes (
        id uuid CONSTRAINT notes_pk PRIMARY KEY,
        case_id uuid NOT NULL CONSTRAINT notes_case REFERENCES cases,
        author_id uuid NOT NULL CONSTRAINT notes_author REFERENCES persons,
        -- Whom it is about; nobody in particular if empty. The issue and the words are sealed together.
        party_id uuid CONSTRAINT notes_party REFERENCES parties,
        body bytea NOT NULL,
        written_at timestamptz NOT NULL
      );
      CREATE INDEX notes_of_case ON notes (case_id, author_id);
      ALTER TABLE notes ENABLE ROW LEVEL SECURITY; ALTER TABLE notes FORCE ROW LEVEL SECURITY;
      GRANT SELECT, INSERT, UPDATE (party_id, body, written_at), DELETE ON notes TO cabinet_app;
    `);
    for (const policy of notePolicies) await db.query(createPolicy(policy));
  }

  async down(db: QueryRunner) {
    await db.query('DROP TABLE notes');
  }
}

const own = `author_id = current_person() AND current_office() = 'mediator' AND is_participant(case_id)`;

export const notePolicies: Policy[] = [
  ['notes', 'own_read', 'SELECT', 'cabinet_app', own],
  ['notes', 'own_write', 'INSERT', 'cabinet_app', null, own],
  ['notes', 'own_change', 'UPDATE', 'cabinet_app', own, own],
  ['notes', 'own_remove', 'DELETE', 'cabinet_app', own],
];
