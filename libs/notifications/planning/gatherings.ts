import type { EntityManager } from 'typeorm';
import type { Language } from '#contract';
import type { Member } from '../rules/audiences.js';
import { channelsOf, courtesyDue } from './facts.js';
import type { Channel, Notice } from './notice.js';
import { wishesOf } from './wishes.js';

type Question = {
  kind: 'guest' | 'answer';
  sourceId: string;
  recipientKind: 'person' | 'guest';
  recipientId: string;
  /** How a guest without an account was asked. */
  channel: Channel | null;
  language: Language | null;
} & Pick<Member, 'hasEmail' | 'hasPhone' | 'hasDevice'>;

/**
 * Who is asked something about who meets whom, told once for each question: a guest that he was asked in, a party that its answer is
 * waited for. It names no case and is no fact: whoever sees the deliveries of a case must not see that its sides are kept apart.
 */
export async function gatheringNotices(tx: EntityManager, now: Date): Promise<Notice[]> {
  const asked = (await tx.query(untold)) as Question[];
  const wishes = await wishesOf(
    tx,
    asked.map(({ recipientId }) => recipientId),
  );
  return asked.flatMap((one) => {
    const template = `gathering.${one.kind}` as const;
    const { sourceId, recipientKind, recipientId } = one;
    const to = {
      sourceId,
      sourceType: 'gathering',
      caseId: null,
      recipientKind,
      recipientId,
      template,
      urgency: 'courtesy',
      values: {},
    } as const;
    if (one.channel)
      return [{ ...to, channel: one.channel, language: 'kk', dueAt: courtesyDue(one.channel, to, { now, said: undefined }) }];
    const said = wishes.get(recipientId);
    return channelsOf({ by: 'reach', weight: 'courtesy', template }, { personId: recipientId, ...one }, said).map((channel) => ({
      ...to,
      channel,
      language: one.language ?? 'kk',
      dueAt: courtesyDue(channel, to, { now, said }),
    }));
  });
}

/** Of these, whose question still stands: by source and recipient. */
export async function stillAsked(tx: EntityManager, sourceIds: string[]): Promise<Set<string>> {
  const rows = (await tx.query('SELECT source_id AS source, recipient_id AS recipient FROM gathering_questions WHERE source_id = ANY($1)', [
    sourceIds,
  ])) as { source: string; recipient: string }[];
  return new Set(rows.map(({ source, recipient }) => `${source} ${recipient}`));
}

/** Who was told under the contact he was asked by is not told again when he has made an account: his first page shows it. */
const untold = `
  SELECT a.kind, a.source_id AS "sourceId", a.recipient_kind AS "recipientKind", a.recipient_id AS "recipientId", a.contact_channel AS channel,
    q.language, q.email_sealed IS NOT NULL AS "hasEmail", q.phone_sealed IS NOT NULL AS "hasPhone",
    EXISTS (SELECT 1 FROM push_subscriptions d WHERE d.person_id = q.id) AS "hasDevice"
  FROM gathering_questions a LEFT JOIN persons q ON a.recipient_kind = 'person' AND q.id = a.recipient_id
  WHERE q.disabled_at IS NULL AND NOT EXISTS (SELECT 1 FROM notifications n WHERE n.source_id = a.source_id
    AND (n.recipient_id = a.recipient_id OR a.kind = 'guest' AND n.recipient_kind = 'guest'))`;
