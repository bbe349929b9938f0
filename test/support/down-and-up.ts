import { DataSource, type MigrationInterface } from 'typeorm';
import { expect } from 'vitest';
import { cloneDatabase } from './database.js';

/** Takes these steps back one by one and does them again: each changes something of what `snapshot` (one row, `all`) tells, and leaves it as it was. */
export async function expectDownAndUp(steps: MigrationInterface[], snapshot: string): Promise<void> {
  const { adminUrl, drop } = await cloneDatabase();
  const source = await new DataSource({ type: 'postgres', url: adminUrl }).initialize();
  try {
    const runner = source.createQueryRunner();
    const state = async () => ((await runner.query(snapshot)) as { all: string }[])[0]!.all;
    const states = [await state()];
    for (const step of steps.toReversed()) {
      await step.down(runner);
      states.push(await state());
    }
    expect(new Set(states).size).toBe(steps.length + 1);
    for (const [at, step] of steps.entries()) {
      await step.up(runner);
      expect(JSON.parse(await state())).toEqual(JSON.parse(states.at(-2 - at)!));
    }
    await runner.release();
  } finally {
    await source.destroy();
    await drop();
  }
}
