import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rewrite } from './rewriting.js';

/**
 * What a coordinator holds no office in (0168) is on no page of his list and is offered to him as no linked case: also where the papers name him
 * and he has not joined. Three looks into the indexes of contacts and numbers, once a page.
 */
export class OwnDisputesListed implements MigrationInterface {
  name = 'OwnDisputesListed1764000000171';

  async up(db: QueryRunner) {
    await rewrite(db, 'desk_page', joined, `c.id <> ALL (ARRAY(${ownOrNamed}))`);
    await db.query(`ALTER FUNCTION ${page} SET enable_seqscan = off`); // who asks is found by his key also while there are few people
    await rewrite(db, 'similar_cases', ofSimilar, `c.id <> ALL (ARRAY(${ownOrNamed}))`);
  }

  async down(db: QueryRunner) {
    await rewrite(db, 'similar_cases', `c.id <> ALL (ARRAY(${ownOrNamed}))`, ofSimilar);
    await db.query(`ALTER FUNCTION ${page} RESET enable_seqscan`);
    await rewrite(db, 'desk_page', `c.id <> ALL (ARRAY(${ownOrNamed}))`, joined);
  }
}

const page = 'desk_page(boolean, text, text, text, text, uuid[], timestamptz, uuid, integer)';
const own = 'SELECT own.case_id FROM parties own WHERE own.person_id = current_person()';
const joined = `c.id <> ALL (ARRAY(${own}))`;
const ofSimilar = 'NOT EXISTS (SELECT 1 FROM parties mine WHERE mine.case_id = c.id AND mine.person_id = current_person())';
const namedBy = (mark: string, account: string) =>
  `SELECT own.case_id FROM parties own WHERE own.person_id IS NULL AND own.${mark} = (SELECT q.${account} FROM persons q WHERE q.id = current_person())`;
const ownOrNamed = [
  own,
  namedBy('email_hash', 'email_hash'),
  namedBy('phone_hash', 'phone_hash'),
  namedBy('id_number_hash', 'iin_hash'),
].join(' UNION ALL ');
