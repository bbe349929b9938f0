import type { EntityManager } from 'typeorm';
import { houseZone } from '#contract';
import type { Claimed } from './claims.js';

/**
 * Readers abroad see the hour on their own clock, too: the zone they set for notices, or else the one in which they said their times. It is
 * looked up when the message is written, since people travel, and is kept nowhere.
 */
export async function addZones(tx: EntityManager, notices: Claimed[]): Promise<void> {
  const dated = notices.flatMap((notice) => [notice, ...notice.carried]).filter(({ values, recipientKind }) => values.at && recipientKind === 'person'); // prettier-ignore
  if (dated.length === 0) return;
  const rows = (await tx.query(zones, [[...new Set(dated.map(({ recipientId }) => recipientId))], houseZone])) as {
    id: string;
    zone: string;
  }[];
  const abroad = new Map(rows.map(({ id, zone }) => [id, zone]));
  for (const notice of dated) {
    const zone = abroad.get(notice.recipientId);
    if (zone) notice.values = { ...notice.values, zone };
  }
}

const zones = `
  SELECT p.id, coalesce(nullif(h.zone, $2), v.zone) AS zone FROM unnest($1::uuid[]) AS p(id)
  LEFT JOIN notice_hours h ON h.person_id = p.id LEFT JOIN availabilities v ON v.person_id = p.id
  WHERE coalesce(nullif(h.zone, $2), nullif(v.zone, $2)) IS NOT NULL`;
