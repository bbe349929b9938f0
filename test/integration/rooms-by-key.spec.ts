import { randomUUID } from 'node:crypto';
import { expect, it } from 'vitest';
import { RoomsByKey } from '../../migrations/0169-rooms-by-key.js';
import { freshDatabase } from '../support/database.js';
import { expectDownAndUp } from '../support/down-and-up.js';

it('takes the lock by key back, and makes it again', () =>
  expectDownAndUp(
    [new RoomsByKey()],
    `SELECT json_build_array(prosrc, proconfig, proacl::text, proowner::regrole::text)::text AS all FROM pg_proc WHERE proname = 'post_messages'`,
  ));

it('a batch of messages reads its own rooms alone, also by a plan from when there were none', async () => {
  const fresh = await freshDatabase();
  try {
    const line = (await fresh.connect(fresh.urls.app)).createQueryRunner();
    const rows = (roomId: string) =>
      JSON.stringify([
        {
          id: randomUUID(),
          room_id: roomId,
          author_id: randomUUID(),
          author_role: 'citizen',
          client_id: randomUUID(),
          body: '',
          body_mac: '',
        },
      ]);
    const post = (roomId: string) => line.query('SELECT outcome FROM post_messages($1)', [rows(roomId)]) as Promise<object[]>;
    for (let made = 0; made < 3; made += 1) await post(randomUUID()); // the plan is kept
    await fresh.admin(
      `INSERT INTO rooms (id, kind, opened_at) SELECT gen_random_uuid(), 'consultation', $1 FROM generate_series(1, 2000)`,
      [fresh.clock.now()],
    );
    const [room] = await fresh.admin<{ id: string }>('SELECT id FROM rooms LIMIT 1');
    await line.startTransaction();
    expect(await post(room!.id)).toEqual([{ outcome: 'not_found' }]);
    const [read] = (await line.query(
      `SELECT coalesce(seq_tup_read, 0)::int + coalesce(idx_tup_fetch, 0)::int AS rows FROM pg_stat_xact_user_tables WHERE relname = 'rooms'`,
    )) as { rows: number }[];
    expect(read!.rows).toBeLessThan(10);
    await line.rollbackTransaction();
    await line.release();
  } finally {
    await fresh.drop();
  }
});
