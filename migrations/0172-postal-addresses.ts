import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rewrite } from './rewriting.js';

/** Of whom neither a telephone nor an e-mail is known, where a letter finds him: sealed with the party's own key, as every contact, and looked up by nobody. */
export class PostalAddresses implements MigrationInterface {
  name = 'PostalAddresses1764000000172';

  async up(db: QueryRunner) {
    await db.query('ALTER TABLE parties ADD address_sealed bytea');
    for (const [was, is] of words) await rewrite(db, 'file_drafts', was, is);
  }

  async down(db: QueryRunner) {
    for (const [was, is] of words) await rewrite(db, 'file_drafts', is, was);
    await db.query('ALTER TABLE parties DROP address_sealed');
  }
}

const words: [was: string, is: string][] = [
  ['phone_sealed, phone_hash, joined_at)', 'phone_sealed, phone_hash, address_sealed, joined_at)'],
  ['p.phone_sealed, p.phone_hash, p.joined_at', 'p.phone_sealed, p.phone_hash, p.address_sealed, p.joined_at'],
];
