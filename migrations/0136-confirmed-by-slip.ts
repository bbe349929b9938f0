import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who has no contact confirms at the House's computer with his slip, before an operator who has seen his document. As little approved for production as the code. */
export class ConfirmedBySlip implements MigrationInterface {
  name = 'ConfirmedBySlip1764000000136';

  async up(db: QueryRunner) {
    await db.query(`INSERT INTO confirmation_methods (method, environments, approved, note) VALUES
      ('slip', '{demo,test}', true, 'The code of a paper slip, typed at the House by who has no contact; an operator has seen the document. Not approved for production: a signature law and an owner decide first.')`);
  }

  async down(db: QueryRunner) {
    await db.query(`DELETE FROM confirmation_methods WHERE method = 'slip'`);
  }
}
