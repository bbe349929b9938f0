import type { EntityManager } from 'typeorm';
import type { NoticeHours, NoticeKind, WishChannel } from '#contract';
import { usuallyWanted } from '../rules/kinds.js';

/** What one person has said about notices: of a kind, by a channel; and when not. */
export type Wishes = { hours?: NoticeHours; said: Map<`${NoticeKind} ${WishChannel}`, boolean> };
type Row = { personId: string; hours: NoticeHours | null; said: { kind: NoticeKind; channel: WishChannel; wanted: boolean }[] };

/** Of these persons, those who have said anything. */
export async function wishesOf(tx: EntityManager, personIds: string[]): Promise<Map<string, Wishes>> {
  if (personIds.length === 0) return new Map();
  const rows = (await tx.query(wishes, [personIds])) as Row[];
  return new Map(
    rows.map(({ personId, hours, said }) => [
      personId,
      { ...(hours ? { hours } : {}), said: new Map(said.map(({ kind, channel, wanted }) => [`${kind} ${channel}` as const, wanted])) },
    ]),
  );
}

export const wants = (wishes: Wishes | undefined, kind: NoticeKind, channel: WishChannel, hasEmail: boolean): boolean =>
  wishes?.said.get(`${kind} ${channel}`) ?? usuallyWanted(channel, hasEmail);

/** Said in so many words: also holds for a notice that was planned before it was said. */
export const refuses = (wishes: Wishes | undefined, kind: NoticeKind, channel: WishChannel): boolean =>
  wishes?.said.get(`${kind} ${channel}`) === false;

const wishes = `
  SELECT p.id AS "personId",
    (SELECT jsonb_build_object('zone', h.zone, 'quietFrom', h.quiet_from, 'quietTo', h.quiet_to) FROM notice_hours h WHERE h.person_id = p.id) AS hours,
    coalesce((SELECT jsonb_agg(jsonb_build_object('kind', w.kind, 'channel', w.channel, 'wanted', w.wanted)) FROM notice_wishes w WHERE w.person_id = p.id), '[]') AS said
  FROM unnest($1::uuid[]) AS p(id)
  WHERE EXISTS (SELECT 1 FROM notice_hours h WHERE h.person_id = p.id) OR EXISTS (SELECT 1 FROM notice_wishes w WHERE w.person_id = p.id)`;
