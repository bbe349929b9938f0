import { toXlsxOf } from '../../libs/oversight/spreadsheet.js';

/** Makes a workbook of so many rows, page by page, and prints how large it is and how much memory it took. Run as a process of its own. */
const count = Number(process.argv[2]);
const page = 2_000;
const row = (at: number) =>
  [at, ...Array.from({ length: 18 }, (_, cell) => `Істің ${at}-${cell} жолы, мәтіні бар ұяшық`)] as (string | number)[];
async function* pages() {
  for (let at = 0; at < count; at += page) yield Array.from({ length: Math.min(page, count - at) }, (_, more) => row(at + more));
}
const { length } = await toXlsxOf('Тізілім', pages());
console.log(JSON.stringify({ length, peakMb: process.resourceUsage().maxRSS / 1024 }));
