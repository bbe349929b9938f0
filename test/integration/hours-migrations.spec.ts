import { it } from 'vitest';
import { OutsideReading } from '../../migrations/0053-outside-reading.js';
import { SecondZone } from '../../migrations/0054-second-zone.js';
import { SeriesEnd } from '../../migrations/0055-series-end.js';
import { expectDownAndUp } from '../support/down-and-up.js';

const steps = [new OutsideReading(), new SecondZone(), new SeriesEnd()];
/** Everything these steps touch: columns and checks, the function with its owner and its rights, policies, rights by column. */
const snapshot = `
  SELECT json_build_object(
    'columns', (SELECT json_agg(c ORDER BY c.t, c.n) FROM (SELECT attrelid::regclass::text AS t, attname AS n, format_type(atttypid, atttypmod) AS f FROM pg_attribute
      WHERE attrelid IN ('outside_calendars'::regclass, 'proposals'::regclass) AND attnum > 0 AND NOT attisdropped) c),
    'checks', (SELECT json_agg(pg_get_constraintdef(oid) ORDER BY conname) FROM pg_constraint WHERE conrelid IN ('outside_calendars'::regclass, 'proposals'::regclass)),
    'function', (SELECT json_agg(json_build_array(pg_get_functiondef(oid), pg_get_function_result(oid), proowner::regrole, (SELECT json_agg(a ORDER BY a) FROM (SELECT unnest(proacl)::text AS a) r)))
      FROM pg_proc WHERE proname = 'call_off_hours'),
    'policies', (SELECT json_agg(json_build_array(polname, polcmd) ORDER BY polname) FROM pg_policy WHERE polrelid = 'availabilities'::regclass),
    'rights', (SELECT json_agg(json_build_array(grantee, column_name, privilege_type) ORDER BY 1::text, grantee, column_name, privilege_type)
      FROM information_schema.column_privileges WHERE table_name = 'availabilities' AND grantee = 'cabinet_worker'))::text AS all`;

it('goes down step by step, and up again to the same', () => expectDownAndUp(steps, snapshot));
