import { it } from 'vitest';
import { DeskPagePlan } from '../../migrations/0150-desk-page-plan.js';
import { IndexOfStates } from '../../migrations/0151-index-of-states.js';
import { NamedDisputes } from '../../migrations/0168-named-disputes.js';
import { OwnDisputesListed } from '../../migrations/0171-own-disputes-listed.js';
import { expectDownAndUp } from '../support/down-and-up.js';

const snapshot = `SELECT json_build_object(
  'page', (SELECT json_build_array(prosrc, proconfig, proacl::text, proowner::regrole::text) FROM pg_proc WHERE proname = 'desk_page'),
  'similar', (SELECT json_build_array(prosrc, proacl::text, proowner::regrole::text) FROM pg_proc WHERE proname = 'similar_cases'),
  'index', (SELECT indexdef FROM pg_indexes WHERE indexname = 'cases_by_state'))::text AS all`;

it('takes the plan of the desk’s page and the index of states back one by one, and does them again', () =>
  expectDownAndUp([new DeskPagePlan(), new IndexOfStates(), new OwnDisputesListed()], snapshot));

it('takes back who holds no office in a dispute that names him, and does it again', () =>
  expectDownAndUp(
    [new NamedDisputes()],
    `SELECT json_object_agg(proname, json_build_array(prosrc, proacl::text, proowner::regrole::text))::text AS all FROM pg_proc
     WHERE proname IN ('reads_application', 'reads_case_file')`,
  ));
