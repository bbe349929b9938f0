import type { MigrationInterface, QueryRunner } from 'typeorm';

/** An application that was taken back before it was sent was never the desk's to see. What was filed has a number; a draft has none, whatever became of it. */
export class WithdrawnDrafts implements MigrationInterface {
  name = 'WithdrawnDrafts1764000000078';

  async up(db: QueryRunner) {
    await db.query(question('c.number IS NOT NULL'));
  }

  async down(db: QueryRunner) {
    await db.query(question(`c.state <> 'DRAFT'`));
  }
}

/** The question of 0032, with what the desk sees besides its own drafts. */
const question = (filed: string) => `
  CREATE OR REPLACE FUNCTION sees_case(which uuid) RETURNS boolean LANGUAGE sql STABLE SECURITY DEFINER SET search_path = public, pg_temp AS $$
    SELECT EXISTS (SELECT 1 FROM cases c WHERE c.id = which AND CASE current_office()
      WHEN 'citizen' THEN (c.door = 'self' AND c.created_by = current_person()) OR EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person())
      WHEN 'mediator' THEN c.mediator_id = current_person() OR EXISTS (SELECT 1 FROM offers o WHERE o.case_id = c.id AND o.mediator_id = current_person() AND o.answered_at IS NULL)
      WHEN 'coordinator' THEN (${filed} OR c.created_by = current_person())
        AND NOT EXISTS (SELECT 1 FROM parties p WHERE p.case_id = c.id AND p.person_id = current_person())
      WHEN 'court' THEN c.door = 'court' AND c.state IN ('DRAFT', 'SUBMITTED')
        AND c.created_by = current_person() AND c.court_id = current_court()
      ELSE false END)
    OR EXISTS (SELECT 1 FROM invitations i WHERE i.id = current_invitation() AND i.case_id = which) $$;
`;
