import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The index of cases by state is asked for what is under way and what has ended. Nothing looks for drafts by it, and what was just sent lies on a
 * pile with indexes of its own, so neither a page of a draft nor its sending writes into this one.
 */
export class IndexOfStates implements MigrationInterface {
  name = 'IndexOfStates1764000000151';

  async up(db: QueryRunner) {
    await db.query(`DROP INDEX cases_by_state;
      CREATE INDEX cases_by_state ON cases (state, state_since, id) WHERE state NOT IN ('DRAFT', 'SUBMITTED')`);
  }

  async down(db: QueryRunner) {
    await db.query(`DROP INDEX cases_by_state; CREATE INDEX cases_by_state ON cases (state, state_since, id)`);
  }
}
