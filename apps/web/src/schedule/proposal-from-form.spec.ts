import { expect, it } from 'vitest';
import { proposalFrom } from './proposal-from-form.js';

const now = Date.parse('2026-11-22T05:00:00Z');
const form = (answers: Record<string, string>) => {
  const typed = new FormData();
  for (const [name, value] of Object.entries({ mode: 'room', ...answers })) typed.set(name, value);
  return typed;
};

it('reads what is typed by the clock of Oskemen, whatever the device shows', () => {
  const { proposal, faults } = proposalFrom(form({ 'date-0': '2026-11-24', 'time-0': '18:30', 'length-0': '90' }), 'id', [0], now);
  expect(faults).toEqual({});
  expect(proposal).toEqual({
    id: 'id',
    mode: 'room',
    weeks: 1,
    slots: [{ from: '2026-11-24T13:30:00.000Z', to: '2026-11-24T15:00:00.000Z' }],
  });
});

it('leaves the hours to the cabinet, says why a meeting is to move, and repeats none that moves', () => {
  const typed = form({ by: 'find', minutes: '90', weeks: '4' });
  expect(proposalFrom(typed, 'id', [0], now).proposal).toEqual({ id: 'id', mode: 'room', weeks: 4, minutes: 90 });
  typed.set('ground', 'work');
  expect(proposalFrom(typed, 'id', [0], now, { moves: 'm' }).proposal).toEqual({
    id: 'id',
    mode: 'room',
    weeks: 1,
    moves: 'm',
    ground: 'work',
    minutes: 90,
  });
  expect(proposalFrom(typed, 'id', [0], now, { counters: 'p' }).proposal).toMatchObject({ counters: 'p', minutes: 90 });
});

it('takes no hour twice', () => {
  const hour = { date: '2026-11-24', time: '10:00', length: '60' };
  const typed = form(Object.fromEntries([0, 1].flatMap((slot) => Object.entries(hour).map(([name, value]) => [`${name}-${slot}`, value]))));
  expect(proposalFrom(typed, 'id', [0, 1], now)).toEqual({ faults: { 'date-1': 'twice' }, proposal: null });
});

it('names each field that is empty or past, and proposes nothing then', () => {
  const typed = form({ 'date-0': '2026-11-22', 'time-0': '09:00', 'length-0': '60', 'date-2': '', 'time-2': '10:00', 'length-2': '60' });
  const { proposal, faults } = proposalFrom(typed, 'id', [0, 2], now);
  expect(faults).toEqual({ 'date-0': 'past', 'date-2': 'required' });
  expect(proposal).toBeNull();
});
