import type { EntityManager } from 'typeorm';
import { newId } from '#platform';
import type { TemplateName, Values } from '../rules/templates.js';
import { newCheckCodes } from './check-code.js';

/** Channels that carry a notice out of the house, each by its row in channels/table.ts. */
export const travelling = ['email', 'sms', 'push'] as const;
export type Travelling = (typeof travelling)[number];
export type Channel = 'in_app' | 'letter' | Travelling;
/** `now`: the reader has just asked for it. */
export type Urgency = 'now' | 'legal' | 'courtesy';

/** A notice to be: who is told what, how, and from when it may go. */
export type Notice = {
  sourceId: string;
  sourceType: string;
  caseId: string | null;
  recipientKind: 'person' | 'party' | 'code' | 'staff_invitation' | 'guest' | 'witness';
  recipientId: string;
  channel: Channel;
  template: TemplateName;
  language: string;
  urgency: Urgency;
  values: Values;
  dueAt: Date;
  /** What is wrong with it from the start; the desk sees it instead of the reader. */
  flaw?: string;
};
/** The same to the same reader by another way. */
export const byAnother = (channel: Channel, of: Omit<Notice, 'channel' | 'dueAt' | 'flaw'>, dueAt: Date): Notice => {
  const { sourceId, sourceType, caseId, recipientKind, recipientId, template, language, urgency, values } = of;
  return { sourceId, sourceType, caseId, recipientKind, recipientId, template, language, urgency, values, channel, dueAt };
};
/** What was planned just now and has to travel. */
export type Planned = { id: string; channel: Channel; urgency: Urgency; dueAt: Date; recipientId: string; attempts: number };

/**
 * Writes notices down, each once: the unique key of source, recipient and channel drops what another worker or an earlier try has
 * planned. In-app notices have arrived with their row. Returns those that are new.
 */
export async function plan(tx: EntityManager, notices: Notice[], now: Date): Promise<Planned[]> {
  if (notices.length === 0) return [];
  const codes = newCheckCodes(notices.length);
  const rows = notices.map(({ flaw, urgency, values, dueAt, channel, ...notice }, at) => ({
    ...notice,
    channel,
    id: newId(),
    urgency,
    legal: urgency === 'legal',
    variables: values,
    state: flaw ? 'failed' : channel === 'in_app' ? 'sent' : 'waiting',
    lastError: flaw ?? null,
    checkCode: codes[at],
    dueAt: dueAt.toISOString(),
  }));
  return (await tx.query(insert, [JSON.stringify(rows), now])) as Planned[];
}

const insert = `
  INSERT INTO notifications (id, source_id, source_type, case_id, recipient_kind, recipient_id, channel, template, language, legal, urgency, variables,
    state, last_error, check_code, created_at, due_at, sent_at)
  SELECT n.id, n."sourceId", n."sourceType", n."caseId", n."recipientKind", n."recipientId", n.channel, n.template, n.language, n.legal, n.urgency,
    n.variables, n.state, n."lastError", n."checkCode", $2, n."dueAt", CASE n.state WHEN 'sent' THEN $2::timestamptz END
  FROM jsonb_to_recordset($1) AS n(id uuid, "sourceId" uuid, "sourceType" text, "caseId" uuid, "recipientKind" text, "recipientId" uuid, channel text,
    template text, language text, legal boolean, urgency text, variables jsonb, state text, "lastError" text, "checkCode" text, "dueAt" timestamptz)
  ON CONFLICT (source_id, recipient_id, channel) DO NOTHING
  RETURNING id, channel, urgency, due_at AS "dueAt", recipient_id AS "recipientId", attempts
`;
