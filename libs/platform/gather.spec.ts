import { setTimeout as pause } from 'node:timers/promises';
import { expect, it } from 'vitest';
import { Gather } from './gather.js';

it('answers each with its own, in few batches, and asks nobody to wait for more', async () => {
  const batches: number[][] = [];
  const gather = new Gather(
    async (items: number[]) => {
      batches.push(items);
      await pause(5);
      return items.map((item) => item * 2);
    },
    { most: 10, atOnce: 1 },
  );
  const answers = await Promise.all([1, 2, 3].map((item) => gather.ask(item)));
  expect([answers, batches]).toEqual([[2, 4, 6], [[1, 2, 3]]]);
  await Promise.all(Array.from({ length: 25 }, (_, item) => gather.ask(item)));
  expect(batches.slice(1).map((batch) => batch.length)).toEqual([10, 10, 5]);
});

it('fails those of one batch and goes on', async () => {
  let broken = true;
  const gather = new Gather(async (items: string[]) => {
    if (broken) throw new Error('the database blinked');
    return items;
  });
  await expect(Promise.all([gather.ask('a'), gather.ask('b')])).rejects.toThrow('blinked');
  broken = false;
  expect(await gather.ask('c')).toBe('c');
});
