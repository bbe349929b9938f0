import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rewrite } from './rewriting.js';

/**
 * A batch of messages locks its rooms by their keys. A list read out of JSON was joined, and by a plan made while there were few rooms the whole
 * index was walked for every batch: 30 ms with 30,000 rooms until somebody counted them (as 0162 for the sending of applications).
 */
export class RoomsByKey implements MigrationInterface {
  name = 'RoomsByKey1764000000169';

  async up(db: QueryRunner) {
    await rewrite(db, 'post_messages', joined, byKey);
  }

  async down(db: QueryRunner) {
    await rewrite(db, 'post_messages', byKey, joined);
  }
}

const joined = `r.id IN (SELECT (e->>'room_id')::uuid FROM jsonb_array_elements(batch) e)`;
const byKey = `r.id = ANY (ARRAY(SELECT (e->>'room_id')::uuid FROM jsonb_array_elements(batch) e))`;
