import { expect, it } from 'vitest';
import { PlanTraining } from '#contract';
import { planFromForm } from './plan-from-form.js';

const form = (values: Record<string, string>) => {
  const made = new FormData();
  for (const [name, value] of Object.entries({
    course: 'general',
    language: 'kk',
    place: 'Үй',
    seats: '12',
    from: '09:00',
    to: '17:00',
    ...values,
  }))
    made.set(name, value);
  return made;
};
const id = '0199a3c5-0000-7000-8000-000000000000';

it('makes days in a row at the hours of the House, over the end of a month', () => {
  const read = PlanTraining.parse(planFromForm(form({ first: '2026-11-30', count: '2', enrolUntil: '2026-11-25' }), id));
  expect(read.days.map(({ from }) => new Date(from).toISOString())).toEqual(['2026-11-30T04:00:00.000Z', '2026-12-01T04:00:00.000Z']);
  expect(new Date(read.enrolUntil).toISOString()).toBe('2026-11-25T18:59:00.000Z');
  expect(read.field).toBeNull();
});

it.each([
  ['no day', { count: '2', enrolUntil: '2026-11-25' }, 'days'],
  ['no last day to enrol', { first: '2026-11-30', count: '1' }, 'enrolUntil'],
  ['a specialised course of no field', { first: '2026-11-30', count: '1', enrolUntil: '2026-11-25', course: 'specialised' }, 'field'],
  ['a general course of a field', { first: '2026-11-30', count: '1', enrolUntil: '2026-11-25', field: 'family' }, 'field'],
  ['no seats', { first: '2026-11-30', count: '1', enrolUntil: '2026-11-25', seats: '' }, 'seats'],
])('is refused with %s, at its field', (_, values, field) => {
  const read = PlanTraining.safeParse(planFromForm(form(values), id));
  expect(read.error?.issues.map(({ path }) => path[0])).toContain(field);
});
