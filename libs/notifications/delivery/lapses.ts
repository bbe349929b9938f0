import type { EntityManager } from 'typeorm';
import type { TemplateName } from '../rules/templates.js';

const meeting = `SELECT 1 FROM meetings m WHERE m.id = (e.data->>'meetingId')::uuid`;
const proposal = `SELECT 1 FROM proposals o WHERE o.id = (e.data->>'proposalId')::uuid AND o.closed_at IS NULL`;
const offer = `SELECT 1 FROM offers o WHERE o.id = (e.data->>'offerId')::uuid AND o.answered_at IS NULL`;
const inState = (state: string) => `SELECT 1 FROM cases c WHERE c.id = e.case_id AND c.state = '${state}'`;

/**
 * Courtesies that say what is to be done or is about to be, and what must still stand when they leave: between the plan and the hour of
 * sending lie a night, a burst, a mail server that was away. What has lapsed meanwhile is not sent.
 */
export const stands: Partial<Record<TemplateName, string>> = {
  'meeting.reminder': `${meeting} AND m.cancelled_at IS NULL AND lower(m.during) = (e.data->>'startsAt')::timestamptz AND lower(m.during) > $2`,
  'meeting.proposed': proposal,
  'meeting.nudged': proposal,
  'offer.made': offer,
  'mediator.disclosed': offer,
  'reminder.draft': inState('DRAFT'),
  'reminder.returned': inState('RETURNED'),
  'reminder.contract': inState('CONTRACT_SIGNING'),
};

/** Of these readers, what waits and is not being sent at this moment. What travelled in the same message goes by itself (claims.ts). */
export const dropLapsed = (tx: EntityManager, readers: string[], now: Date) => tx.query(drop, [readers, now, Object.keys(stands)]);

const drop = `
  UPDATE notifications n SET state = 'suppressed', last_error = 'lapsed' FROM events e
  WHERE n.state = 'waiting' AND n.urgency = 'courtesy' AND n.recipient_id = ANY($1) AND n.template = ANY($3) AND (n.attempts = 0 OR n.due_at <= $2)
    AND e.id = n.source_id AND CASE n.template
    ${Object.entries(stands)
      .map(([template, still]) => `WHEN '${template}' THEN NOT EXISTS (${still})`)
      .join('\n    ')} END`;
