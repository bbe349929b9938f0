import { expect, it } from 'vitest';
import { attendanceFrom } from './attendance-from-form.js';

const form = (answers: Record<string, string>) => {
  const typed = new FormData();
  for (const [name, value] of Object.entries(answers)) typed.set(name, value);
  return typed;
};
const people = [{ personId: 'a' }, { personId: 'b' }];

it('reads who was there, and for how long where it is known', () => {
  const typed = form({ held: 'yes', 'was-a': 'yes', 'minutes-a': ' 40 ', 'was-b': 'no', 'minutes-b': '10' });
  expect(attendanceFrom(typed, people)).toEqual({
    faults: {},
    attendance: {
      held: true,
      people: [
        { personId: 'a', attended: true, minutes: 40 },
        { personId: 'b', attended: false, minutes: null },
      ],
    },
  });
  expect(attendanceFrom(form({ held: 'no' }), people).attendance).toMatchObject({ held: false, people: [{ minutes: null }, {}] });
});

it.each(['-1', '1.5', '1441', 'много'])('sends nothing when %s is no number of minutes', (minutes) => {
  const { attendance, faults } = attendanceFrom(form({ 'minutes-b': minutes }), people);
  expect([attendance, faults]).toEqual([null, { 'minutes-b': 'wrong' }]);
});
