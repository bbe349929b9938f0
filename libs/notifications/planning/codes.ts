import type { EntityManager } from 'typeorm';
import { templateOf, type TemplateName } from '../rules/templates.js';
import type { Notice } from './notice.js';

type Waiting = { id: string; purpose: string; channel: 'email' | 'sms'; language: string };

/** One-time codes and staff invitations whose sealed copy waits for its one delivery, and for which nothing is planned yet. */
export async function codesToSend(tx: EntityManager, now: Date, limit: number): Promise<Notice[]> {
  const codes = (await tx.query(
    `SELECT c.id, c.purpose, c.channel, c.language FROM one_time_codes c WHERE c.code_sealed IS NOT NULL AND c.expires_at > $1
       AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.source_id = c.id) ORDER BY c.created_at LIMIT $2`,
    [now, limit],
  )) as Waiting[];
  const staff = (await tx.query(
    `SELECT s.id, 'email' AS channel, s.language FROM staff_invitations s WHERE s.code_sealed IS NOT NULL AND s.used_at IS NULL AND s.expires_at > $1
       AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.source_id = s.id) ORDER BY s.created_at LIMIT $2`,
    [now, limit],
  )) as Omit<Waiting, 'purpose'>[];
  return [
    ...codes.map((code) => noticeOf(code, 'code', `code.${code.purpose}`, now)),
    ...staff.map((invitation) => noticeOf(invitation, 'staff_invitation', 'staff.invitation', now)),
  ];
}

function noticeOf(
  { id, channel, language }: Omit<Waiting, 'purpose'>,
  kind: 'code' | 'staff_invitation',
  template: string,
  now: Date,
): Notice {
  return {
    sourceId: id,
    sourceType: kind,
    caseId: null,
    recipientKind: kind,
    recipientId: id,
    channel,
    template: template as TemplateName,
    language,
    urgency: 'now',
    values: {},
    dueAt: now,
    ...(templateOf(template) ? {} : { flaw: 'template_unknown' }),
  };
}
