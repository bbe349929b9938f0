import { expect, it } from 'vitest';
import { SaveAnswers } from '#contract';
import { readAmount } from './amount-from-form.js';

const typed = (amount: string) => {
  const form = new FormData();
  form.set('amountKzt', amount);
  return SaveAnswers.safeParse(readAmount(form));
};

it.each([
  ['486000', 486_000],
  ['486 000', 486_000],
  ['486\u00a0000 ₸', 486_000],
  [' 1 200 ', 1_200],
  ['', null],
])('reads %j as people write it', (amount, read) => expect(typed(amount)).toMatchObject({ success: true, data: { amountKzt: read } }));

it.each(['-5', '- 5', '1,5', '1.200,50', '1e9', '0', '99999999999999999', 'көп', '٣', '100\t200 теңге'])(
  'refuses %j by its field',
  (amount) => {
    const read = typed(amount);
    expect(read.success).toBe(false);
    expect(read.error?.issues[0]?.path).toEqual(['amountKzt']);
  },
);
