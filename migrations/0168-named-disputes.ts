import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rewrite } from './rewriting.js';

/**
 * An office is not held in one's own dispute, also before one has joined it: a coordinator whom an application names by the address, the telephone
 * or the number of the own account would read the claim
 * against himself. That he decides nothing there is the policy's (libs/access/policy.ts).
 */
export class NamedDisputes implements MigrationInterface {
  name = 'NamedDisputes1764000000168';

  async up(db: QueryRunner) {
    for (const name of questions) await rewrite(db, name, joined, joinedOrNamed);
  }

  async down(db: QueryRunner) {
    for (const name of questions) await rewrite(db, name, joinedOrNamed, joined);
  }
}

const questions = ['reads_application', 'reads_case_file'];
const joined = 'NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person())';
const joinedOrNamed = `NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND (p.person_id = current_person() OR (p.person_id IS NULL
          AND EXISTS (SELECT 1 FROM persons q WHERE q.id = current_person() AND (q.email_hash = p.email_hash OR q.phone_hash = p.phone_hash OR q.iin_hash = p.id_number_hash)))))`;
