import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { opened } from '../../test/support/workbook.js';
import { type Row, toXlsx, toXlsxOf } from './spreadsheet.js';

const rows: Row[] = Array.from({ length: 7 }, (_, at) => [at, `жол ${at}`, at % 2 ? null : '=1+1']);
async function* pages() {
  for (const part of [rows.slice(0, 3), [], rows.slice(3)]) yield part;
}

it('is the same workbook whether its rows come at once or page by page', async () => {
  const [whole, streamed] = [toXlsx([{ name: 'Тізілім', rows }]), await toXlsxOf('Тізілім', pages())];
  expect(opened(streamed)).toEqual(opened(whole));
  expect(opened(streamed)[0]).toHaveLength(7);
});

it('keeps no more than a page of 100,000 rows in memory', async () => {
  // A heap that could not hold them: all rows at once took 1,650 MB.
  const flags = ['--max-old-space-size=64', '--conditions=source', '--import', './test/support/typescript.mjs'];
  const { stdout } = await promisify(execFile)(process.execPath, [...flags, 'test/support/large-workbook.ts', '100000']);
  const { length, peakMb } = JSON.parse(stdout) as { length: number; peakMb: number };
  expect(length).toBeGreaterThan(1_000_000);
  expect(peakMb).toBeLessThan(300);
}, 60_000);

it('breaks off when its rows do', async () => {
  async function* broken() {
    yield rows;
    throw new Error('gone');
  }
  await expect(toXlsxOf('x', broken())).rejects.toThrow('gone');
});
