import { it } from 'vitest';
import { Register } from '../../migrations/0091-register.js';
import { Fairness } from '../../migrations/0092-fairness.js';
import { Complaints } from '../../migrations/0093-complaints.js';
import { AssignmentBatches } from '../../migrations/0130-assignment-batches.js';
import { ComplaintCare } from '../../migrations/0139-complaint-care.js';
import { CertificateRenewals } from '../../migrations/0140-certificate-renewals.js';
import { TrainingMoves } from '../../migrations/0141-training-moves.js';
import { expectDownAndUp } from '../support/down-and-up.js';

const steps = [
  new Register(),
  new Fairness(),
  new Complaints(),
  new AssignmentBatches(),
  new ComplaintCare(),
  new CertificateRenewals(),
  new TrainingMoves(),
];
/** Everything these steps touch: columns, checks, policies, functions. */
const snapshot = `
  SELECT json_build_object(
    'columns', (SELECT json_agg(json_build_array(attrelid::regclass::text, attname) ORDER BY c.relname, attname) FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
      WHERE c.relname IN ('mediators', 'register_details', 'certificates', 'register_changes', 'complaints', 'assignments', 'assignment_batches', 'follow_tries', 'certificate_warnings', 'trainings') AND attnum > 0 AND NOT attisdropped),
    'policies', (SELECT json_agg(json_build_array(tablename, policyname, cmd, qual, with_check) ORDER BY tablename, policyname) FROM pg_policies WHERE tablename IN ('complaints', 'training_days')),
    'checks', (SELECT json_agg(conname ORDER BY conname) FROM pg_constraint WHERE conrelid::regclass::text IN ('mediators', 'certificates', 'complaints')),
    'functions', (SELECT json_agg(json_build_array(proname, md5(prosrc)) ORDER BY proname) FROM pg_proc
      WHERE proname IN ('conflict_marks', 'certificates_count', 'raise_register_handover', 'fairness_facts', 'mediators_of_case')))::text AS all`;

it('goes down step by step, and up again to the same', () => expectDownAndUp(steps, snapshot));
