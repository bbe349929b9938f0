import { expect, it } from 'vitest';
import { Clock } from '#platform';
import { JudgedTables } from './judged.tables.js';

class SetClock extends Clock {
  at = Date.parse('2026-09-22T05:00:00Z');
  override now() {
    return new Date(this.at);
  }
}
const table = (rows: number) => ({ rows, judged: { missing: [], good: [], faults: [] } });
const minutes = (count: number) => count * 60_000;

it('holds a table while its batches come, and not for long after the last of them', () => {
  const clock = new SetClock();
  const tables = new JudgedTables(clock);
  tables.keep('a', table(1));
  for (let batch = 0; batch < 10; batch += 1) {
    clock.at += minutes(4);
    expect(tables.find('a')).toEqual(table(1));
  }
  clock.at += minutes(5);
  expect(tables.find('a')).toBeNull();
});

it('holds the four that were asked for last, and none that is in or was refused', () => {
  const tables = new JudgedTables(new SetClock());
  for (const [nth, key] of ['a', 'b', 'c', 'd'].entries()) tables.keep(key, table(nth));
  tables.find('a');
  tables.keep('e', table(5));
  expect(['a', 'b', 'c', 'd', 'e'].map((key) => tables.find(key)?.rows ?? null)).toEqual([0, null, 2, 3, 5]);
  tables.forget('c');
  expect(tables.find('c')).toBeNull();
});
