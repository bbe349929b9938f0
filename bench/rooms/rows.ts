import { median, type Row } from '../results.js';

export type Side = 'insert' | 'group' | 'ejabberd' | 'ours';
export type Sample = { perSecond: number; p50: number; p95: number; p99: number; cpu: number };
type Samples = Record<string, Partial<Record<Side, Sample[]>>>;

const [loop, rate, crowd] = ['400 sockets, closed loop', '400 sockets, 300 msg/s', '2,000 sockets, closed loop'];
const cpu = 'CPU of server and PostgreSQL per 10,000 messages';
type Compared = [what: string, unit: string, run: string, name: keyof Sample, peer: Side, bar: string | null];

/** What is compared with what, and the bars of design.md, section 11. */
const compared: Compared[] = [
  [`${loop}, vs INSERT`, 'msg/s', loop, 'perSecond', 'insert', '>= 1.2 x'],
  [`${loop}, vs group commit`, 'msg/s', loop, 'perSecond', 'group', null],
  [`${loop}: p50, vs INSERT`, 'ms', loop, 'p50', 'insert', null],
  [`${loop}: p95, vs INSERT`, 'ms', loop, 'p95', 'insert', null],
  [`${loop}: p99, vs INSERT`, 'ms', loop, 'p99', 'insert', '<= 1.0 x'],
  [cpu, 's', loop, 'cpu', 'insert', null],
  [`${crowd}, vs INSERT`, 'msg/s', crowd, 'perSecond', 'insert', null],
  [`${crowd}: p99, vs INSERT`, 'ms', crowd, 'p99', 'insert', null],
  [`${rate}: p50, vs INSERT`, 'ms', rate, 'p50', 'insert', null],
  [`${rate}: p95, vs INSERT`, 'ms', rate, 'p95', 'insert', null],
  [`${rate}: p99, vs INSERT`, 'ms', rate, 'p99', 'insert', '<= 1.2 x'],
  [`${loop}, vs ejabberd`, 'msg/s', `ejabberd, ${loop}`, 'perSecond', 'ejabberd', '>= 2 x'],
  [`${loop}: p99, vs ejabberd`, 'ms', `ejabberd, ${loop}`, 'p99', 'ejabberd', null],
  [`${cpu}, vs ejabberd`, 's', `ejabberd, ${loop}`, 'cpu', 'ejabberd', '<= 0.5 x'],
  [`${crowd}, vs ejabberd`, 'msg/s', `ejabberd, ${crowd}`, 'perSecond', 'ejabberd', null],
  [`${rate}: p99, vs ejabberd`, 'ms', `ejabberd, ${rate}`, 'p99', 'ejabberd', null],
];

export function rowsOf(samples: Samples): Row[] {
  const of = (run: string, side: Side, name: keyof Sample) => median((samples[run]?.[side] ?? []).map((sample) => sample[name]));
  const rows = compared
    .filter(([, , run]) => samples[run])
    .map(([what, unit, run, name, peer, bar]) => row(what, unit, of(run, 'ours', name), of(run, peer, name), bar));
  if (!samples[crowd!] || !samples[loop!]) return rows;
  const kept = (side: Side) => of(crowd!, side, 'perSecond') / of(loop!, side, 'perSecond');
  return [
    ...rows,
    { ...row('throughput kept with 2,000 sockets', 'x', kept('ours'), kept('insert'), null), ...against(kept('ours'), '>= 0.65') },
  ];
}

export const idleRow = (idle: number, kilobytes: Record<'bare' | 'ours', number[]>): Row =>
  row(`${idle} idle sockets in rooms, memory each`, 'kB', median(kilobytes.ours), median(kilobytes.bare), '<= 1.7 x');

const row = (what: string, unit: string, value: number, peer: number, bar: string | null): Row => ({
  what,
  value,
  unit,
  peer,
  ...against(value / peer, bar),
});

function against(ratio: number, bar: string | null) {
  if (bar === null) return { ratio, bar, pass: null };
  const limit = Number.parseFloat(bar.replace(/[^\d.]/g, ''));
  return { ratio, bar, pass: bar.startsWith('>') ? ratio >= limit : ratio <= limit };
}
