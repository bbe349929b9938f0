import { world as w } from './arrange.js';
import type { AskerName, Cell } from './matrix.js';

const at = `'2026-09-21T10:00:00Z'`;
const [ana, boris]: AskerName[][] = [['ana', 'anaAsCoordinator'], ['boris']];
const cell = (table: string, what: string, sql: string, by: AskerName[] = []): Cell => ({ table, what, sql, by });

const bounce = `INSERT INTO bounces (id, provider, event_key, notification_id, verdict, status, received_at) VALUES ('${w.notice}', 'x', 'x', '${w.notice}', 'bounced', '', ${at})`;

/** What somebody wants to hear of is that person's own to read and to say; the worker heeds it. */
export const wishCells: Cell[] = [
  cell('notice_wishes', 'sees', `SELECT 1 FROM notice_wishes WHERE person_id = '${w.ana}'`, [...ana!, 'worker']),
  cell('notice_wishes', 'says', `INSERT INTO notice_wishes VALUES ('${w.ana}', 'room', 'sms', true, ${at})`, ana),
  cell('notice_wishes', 'changes', `UPDATE notice_wishes SET wanted = true WHERE person_id = '${w.ana}' RETURNING 1`, ana),
  cell('notice_hours', 'sees', `SELECT 1 FROM notice_hours WHERE person_id = '${w.ana}'`, [...ana!, 'worker']),
  cell('notice_hours', 'says', `INSERT INTO notice_hours VALUES ('${w.boris}', 'Asia/Almaty', '21:00', '08:00', ${at})`, boris),
  cell('notice_hours', 'changes', `UPDATE notice_hours SET quiet_to = '09:00' WHERE person_id = '${w.ana}' RETURNING 1`, ana),
  cell('push_subscriptions', 'sees', `SELECT 1 FROM push_subscriptions WHERE id = '${w.session}'`, [...ana!, 'worker']),
  cell(
    'push_subscriptions',
    'adds',
    `INSERT INTO push_subscriptions VALUES ('${w.ana}', '${w.ana}', '${w.session}', '\\x02', '\\x00', ${at})`,
    ana,
  ),
  cell('push_subscriptions', 'ends', `DELETE FROM push_subscriptions WHERE id = '${w.session}' RETURNING 1`, [...ana!, 'worker']),
  {
    // Once the session has ended, the same device may come again: its row is gone.
    ...cell(
      'push_subscriptions',
      'end with their session',
      `INSERT INTO push_subscriptions VALUES ('${w.boris}', '${w.ana}', '${w.session}', '\\x01', '\\x00', ${at}) ON CONFLICT DO NOTHING`,
      ana,
    ),
    first: `UPDATE sessions SET revoked_at = ${at} WHERE id = '${w.session}'`,
  },
  cell('bounces', 'notes', bounce, ['system']),
  cell('bounces', 'follows', `UPDATE bounces SET handled_at = ${at} WHERE id = '${w.session}' RETURNING 1`, ['worker']),
  cell(
    'notice_wishes',
    'ends after a complaint',
    `INSERT INTO notice_wishes VALUES ('${w.boris}', 'case', 'email', false, ${at}) ON CONFLICT (person_id, kind, channel) DO UPDATE SET wanted = false`,
    ['boris', 'worker'],
  ),
  cell(
    'notice_wishes',
    'changes after a complaint',
    `UPDATE notice_wishes SET wanted = false WHERE person_id = '${w.ana}' AND channel = 'email' RETURNING 1`,
    [...ana!, 'worker'],
  ),
];
