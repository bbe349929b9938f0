import { setTimeout as pause } from 'node:timers/promises';
import { array, constantFrom, nat, oneof, record, sample } from 'fast-check';
import { expect } from 'vitest';
import { spawnApi } from '../../support/api.js';
import type { RoomMember } from '../../support/member.js';
import { startWire, type Wire } from '../../support/wire.js';
import { audit, clean, gather, type House } from './talk.js';

type Step = { do: 'post' | 'answer'; many: number } | { do: 'cut' | 'deafen' | 'down' } | { do: 'wait'; ms: number };
const step = oneof(
  record({ do: constantFrom<'post' | 'answer'>('post', 'answer'), many: nat({ max: 3 }) }),
  record({ do: constantFrom<'cut' | 'deafen' | 'down'>('cut', 'deafen', 'down') }),
  record({ do: constantFrom<'wait'>('wait'), ms: nat({ max: 12 }) }),
);
const schedule = array(step, { minLength: 2, maxLength: 8 });

/**
 * Random schedules of posting, cutting, losing what comes back and standing still, each on the wire of one dispute of its own, many
 * disputes side by side. After each of them both members hold the same log with everything that was acknowledged, once.
 */
export async function disconnectAtRandom(house: House, redisUrl: string, schedules: number, seed: number) {
  const wires = await Promise.all(Array.from({ length: 10 }, () => startWire()));
  const origin = 'http://kelisim.test';
  const api = await spawnApi(house, { origin, redisUrl });
  for (const wire of wires) wire.lead([api.port]);
  const lanes = await Promise.all(
    wires.map(async (wire) => ({
      wire,
      members: await gather(house, wire.origin, { cases: 1, perSide: 1, isHasty: true, saysFrom: origin }),
    })),
  );
  const all = sample(schedule, { numRuns: schedules, seed });
  let next = 0;
  try {
    await Promise.all(
      lanes.map(async ({ wire, members }) => {
        for (let at = next++; at < all.length; at = next++) await play(all[at]!, wire, members);
      }),
    );
    const everybody = lanes.flatMap(({ members }) => members);
    const { acknowledged, stored, ...faults } = await audit(house, everybody);
    expect({ ...faults, acknowledged }).toEqual({ ...clean, acknowledged: stored });
    return {
      schedules: next - lanes.length,
      messages: stored,
      answersLost: everybody.reduce((sum, { answersLost }) => sum + answersLost, 0),
    };
  } finally {
    for (const { members } of lanes) for (const member of members) member.leave();
    await api.end('SIGKILL');
    await Promise.all(wires.map((wire) => wire.stop()));
  }
}

async function play(steps: Step[], wire: Wire, [judge, ana]: RoomMember[]) {
  const room = ana!.rooms.find((id) => judge!.rooms.includes(id))!;
  const posted: Promise<{ seq: number; id: string }>[] = [];
  for (const one of steps) {
    if (one.do === 'wait') await pause(one.ms);
    else if (one.do === 'cut') wire.cut();
    else if (one.do === 'deafen') wire.deafen();
    else if (one.do === 'down') wire.down();
    else if ('many' in one) for (let n = 0; n <= one.many; n += 1) posted.push((one.do === 'post' ? ana! : judge!).post(room, `${n}`));
  }
  wire.cut();
  wire.up();
  const acknowledged = await Promise.all(posted);
  const last = Math.max(0, ...acknowledged.map(({ seq }) => seq));
  for (const member of [judge!, ana!]) {
    const log = await member.until(room, last, 60_000);
    const told = JSON.stringify(steps);
    expect([told, log.map(({ seq }) => seq)]).toEqual([told, log.map((_, at) => at + 1)]);
    for (const { seq, id } of acknowledged) expect([told, log[seq - 1]?.id]).toEqual([told, id]);
  }
}
