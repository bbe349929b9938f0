import { it } from 'vitest';
import { CommonRepresentative } from '../../migrations/0132-common-representative.js';
import { ConfirmedBySlip } from '../../migrations/0136-confirmed-by-slip.js';
import { expectDownAndUp } from '../support/down-and-up.js';

const steps = [new CommonRepresentative(), new ConfirmedBySlip()];
const tables = `('parties'::regclass, 'invitations'::regclass, 'confirmations'::regclass)`;
/** Everything these steps touch: columns, checks, indexes, triggers, functions with owners and rights, policies, methods. */
const snapshot = `
  SELECT json_build_object(
    'columns', (SELECT json_agg(c ORDER BY c.t, c.n) FROM (SELECT attrelid::regclass::text AS t, attname AS n, attnotnull AS o FROM pg_attribute
      WHERE attrelid IN ${tables} AND attnum > 0 AND NOT attisdropped) c),
    'checks', (SELECT json_agg(json_build_array(conname, pg_get_constraintdef(oid)) ORDER BY conname) FROM pg_constraint WHERE conrelid IN ${tables}),
    'indexes', (SELECT json_agg(pg_get_indexdef(indexrelid) ORDER BY pg_get_indexdef(indexrelid)) FROM pg_index WHERE indrelid IN ${tables}),
    'triggers', (SELECT json_agg(tgname ORDER BY tgname) FROM pg_trigger WHERE tgrelid IN ${tables} AND NOT tgisinternal),
    'functions', (SELECT json_agg(json_build_array(pg_get_functiondef(oid), proowner::regrole, (SELECT json_agg(a ORDER BY a) FROM (SELECT unnest(proacl)::text AS a) r WHERE a LIKE 'cabinet_app=%')) ORDER BY proname)
      FROM pg_proc WHERE proname IN ('open_rooms', 'open_sub_room', 'answer_joint', 'times_of', 'leave_seats', 'invite_one_side', 'sees_case')),
    'policies', (SELECT json_agg(json_build_array(polname, polcmd, pg_get_expr(polqual, polrelid)) ORDER BY polname) FROM pg_policy WHERE polrelid = 'invitations'::regclass),
    'methods', (SELECT json_agg(m ORDER BY method) FROM confirmation_methods m))::text AS all`;

it('goes down step by step, and up again to the same', () => expectDownAndUp(steps, snapshot));
