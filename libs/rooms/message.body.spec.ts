import { expect, it } from 'vitest';
import { cleanBody } from './message.body.js';

const refused = (code: string) => expect.objectContaining({ code });
const thrown = (typed: string) => {
  try {
    return cleanBody(typed);
  } catch (error) {
    return error;
  }
};

it.each([
  ['  Сәлем,\r\nдос\r', 'Сәлем,\nдос'],
  ['е\u0308лка', 'ёлка'],
  ['<script>alert(1)</script> & "x"', '<script>alert(1)</script> & "x"'],
  ['a\u0000b\u0007c\u001Bd\u0085e\u007Ff', 'abcdef'],
  ['бір\tекі', 'бір екі'],
  ['\u202E000 5\u202C теңге\u2066x\u2069\u200F', '000 5 теңгеx'],
  ['отбасы 👨‍👩‍👧', 'отбасы 👨‍👩‍👧'],
  ['жарты \uD83D', 'жарты \uFFFD'],
  ['жол\u2028жол', 'жол\nжол'],
])('keeps of %j what can be seen', (typed, kept) => expect(cleanBody(typed)).toBe(kept));

it.each(['', ' \n\t ', '\u200B\u200D\uFEFF', '\u202E\u0000', '\u0301'])('finds nothing to keep in %j', (typed) =>
  expect(thrown(typed)).toEqual(refused('message.empty')),
);

it('counts characters, not their halves', () => {
  expect(cleanBody('😀'.repeat(4000))).toHaveLength(8000);
  expect(thrown('😀'.repeat(4001))).toEqual(refused('message.too_long'));
  expect(thrown('x'.repeat(20_000))).toEqual(refused('message.too_long'));
});
