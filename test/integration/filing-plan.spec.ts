import { it } from 'vitest';
import { FilingPlan } from '../../migrations/0162-filing-plan.js';
import { FilingRows } from '../../migrations/0170-filing-rows.js';
import { PostalAddresses } from '../../migrations/0172-postal-addresses.js';
import { expectDownAndUp } from '../support/down-and-up.js';

const snapshot = `SELECT json_agg(json_build_array(proname, prosrc, proconfig, proacl::text, proowner::regrole::text) ORDER BY proname)::text AS all
  FROM pg_proc WHERE proname IN ('drafts_to_file', 'file_drafts', 'date_court', 'pass_files')`;

it('takes the plan of a filing and its rows back one by one, and makes them again', () =>
  expectDownAndUp([new FilingPlan(), new FilingRows(), new PostalAddresses()], snapshot));
