import { Client } from 'pg';

export type Shredded = {
  caseNumber: string;
  reason: string;
  at: string;
  rooms: {
    roomId: string;
    kind: string;
    side: string | null;
    messages: number;
    from: string | null;
    to: string | null;
    keysDestroyed: number;
  }[];
};

/** Destroys the keys of a closed case's rooms, all or none, and says what can't be read since. Told again, it destroys nothing more. */
export async function shredCase(
  adminUrl: string,
  { caseNumber, reason, at }: { caseNumber: string; reason: string; at: Date },
): Promise<Shredded> {
  const client = new Client({ connectionString: adminUrl, application_name: 'kelisim-shred' });
  await client.connect();
  try {
    await client.query('BEGIN');
    const { rows } = await client.query<{ id: string; state: string }>('SELECT id, state FROM cases WHERE number = $1 FOR UPDATE', [
      caseNumber,
    ]);
    const found = rows[0];
    if (!found) throw new Error(`there is no case ${caseNumber}`);
    if (!['CLOSED', 'ARCHIVED'].includes(found.state)) throw new Error(`case ${caseNumber} is not closed: ${found.state}`);
    const rooms = await client.query<Shredded['rooms'][number]>(
      `SELECT r.id AS "roomId", r.kind, r.side, count(m.seq)::int AS messages, min(m.posted_at) AS "from", max(m.posted_at) AS "to", 0 AS "keysDestroyed"
       FROM rooms r LEFT JOIN messages m ON m.room_id = r.id WHERE r.case_id = $1 GROUP BY r.id ORDER BY r.kind, r.side, r.id`,
      [found.id],
    );
    for (const room of rooms.rows) {
      const gone = await client.query<{ keys: number }>('SELECT shred_room($1, $2, $3) AS keys', [room.roomId, reason, at]);
      room.keysDestroyed = gone.rows[0]!.keys;
    }
    await client.query('COMMIT');
    return { caseNumber, reason, at: at.toISOString(), rooms: rooms.rows };
  } finally {
    await client.end();
  }
}
