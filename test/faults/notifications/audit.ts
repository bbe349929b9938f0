import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { House } from './house.js';

export type Audit = {
  due: number;
  /** Facts of which exactly one mail, by its Message-ID, reached the mail server. */
  delivered: number;
  missing: number;
  /** Facts told in more than one mail. */
  doubled: number;
  /** Given up for good, as the desk sees it. */
  failed: number;
  /** Mails the server has that the database knows nothing of. */
  strange: number;
  /** The same mail again, with the same Message-ID. */
  repeats: number;
};

/** Waits until nothing is due any more, turning the clock on while all is quiet, so that waiting for the next try takes no time. */
export async function untilSettled({ admin, clock, sink }: House, limitMs = 240_000) {
  const until = Date.now() + limitMs;
  let [arrived, quietSince] = [-1, Date.now()];
  while (Date.now() < until) {
    const { rows } = await admin.query<{ n: number }>(
      `SELECT (SELECT count(*) FROM outbox WHERE handled_at IS NULL)::int + (SELECT count(*) FROM notifications WHERE state = 'waiting' AND channel <> 'letter')::int AS n`,
    );
    if (rows[0]!.n === 0) return;
    if (sink.taken.length !== arrived) [arrived, quietSince] = [sink.taken.length, Date.now()];
    if (Date.now() - quietSince > 6_000) {
      clock.turn(100);
      quietSince = Date.now();
    }
    await pause(250);
  }
}

/** What the database says is due against what the mail server has. */
export async function audit({ admin, sink }: House): Promise<Audit> {
  const { rows } = await admin.query<{ id: string; source: string; state: string }>(
    `SELECT id, source_id AS source, state FROM notifications WHERE channel = 'email' AND source_type = 'case.returned'`,
  );
  const { rows: facts } = await admin.query<{ id: string }>(`SELECT id FROM events WHERE type = 'case.returned'`);
  const arrived = new Set(sink.taken.map(({ messageId }) => messageId));
  const own = new Map(rows.map(({ id, source }) => [`<${id}@kelisim.test>`, source]));
  const told = new Map(facts.map(({ id }) => [id, 0]));
  for (const messageId of arrived) {
    const source = own.get(messageId);
    if (source) told.set(source, told.get(source)! + 1);
  }
  const failed = new Set(rows.filter(({ state }) => state === 'failed').map(({ source }) => source));
  const counts = [...told].map(([source, times]) => ({ source, times }));
  return {
    due: facts.length,
    delivered: counts.filter(({ times }) => times === 1).length,
    missing: counts.filter(({ source, times }) => times === 0 && !failed.has(source)).length,
    doubled: counts.filter(({ times }) => times > 1).length,
    failed: failed.size,
    strange: [...arrived].filter((id) => !own.has(id)).length,
    repeats: sink.taken.length - arrived.size,
  };
}

/** Every due notice delivered, none doubled. */
export const all = (count: number) => ({ due: count, delivered: count, missing: 0, doubled: 0, failed: 0, strange: 0 });

/** The api answered throughout. Without its database alone it may say 503, so many times and nothing else. */
export function expectAnswers({ answers }: House, mostAway = 0) {
  const { asked, away, refused } = answers.since();
  expect(asked).toBeGreaterThan(10);
  expect(refused).toBe(0);
  expect(away).toBeLessThanOrEqual(mostAway);
  return { asked, answered2xx: asked - away - refused, away, refused };
}

/** A clean table for the next fault. */
export async function forget({ admin, sink, answers }: House) {
  sink.taken.length = 0;
  await admin.query('TRUNCATE delivery_attempts, notifications, outbox, events, chain_heads');
  answers.since();
}

export const report = (fault: string, figures: object) => console.log(`${fault}: ${JSON.stringify(figures)}`);
