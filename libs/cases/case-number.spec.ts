import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { courtCodeOf, courtNumberFrom, houseNumber, houseNumberFrom } from './case-number.js';

describe('a court case number', () => {
  it.each([
    '7585-24-00-2/101',
    '3599-24-00-2а/2151',
    '6294-25-00-4/215',
    '6003-25-00-4к/1454(2)',
    '6001-25-00-6ап/12',
    '6310-26-00-2/4417',
  ])('%s is one', (number) => {
    expect(courtNumberFrom(number)).toBe(number);
  });

  it.each([
    ['3599-24-00-2a/2151', '3599-24-00-2а/2151', 'a Latin a'],
    ['3599-24-00-2A/2151', '3599-24-00-2а/2151', 'a Latin capital A'],
    ['3599-24-00-2А/2151', '3599-24-00-2а/2151', 'a capital'],
    ['6003-25-00-4k/1454(2)', '6003-25-00-4к/1454(2)', 'a Latin k'],
    ['6003-25-00-4K/1454 (2)', '6003-25-00-4к/1454(2)', 'a Latin capital K and a space'],
    [' 6310-26-00-2 / 4417 ', '6310-26-00-2/4417', 'spaces'],
    ['6310-26-00-2\\4417', '6310-26-00-2/4417', 'a backslash'],
    ['6310–26–00–2/4417', '6310-26-00-2/4417', 'dashes of a word processor'],
    ['6310‑26‑00‑2/4417', '6310-26-00-2/4417', 'hyphens that do not break'],
    ['6310-26-00-2/4417\u200F', '6310-26-00-2/4417', 'a right-to-left mark'],
    ['６３１０-26-00-2/4417', '6310-26-00-2/4417', 'wide digits'],
    ['6310\u00A0-26-00-2/4417', '6310-26-00-2/4417', 'a no-break space'],
    ['6399-26-00-2AП/7', '6399-26-00-2ап/7', 'Latin and Cyrillic in one suffix'],
  ])('%s is written %s: %s', (typed, number) => {
    expect(courtNumberFrom(typed)).toBe(number);
  });

  it.each([
    '',
    '6310',
    '6310-26-2/4417',
    '631-26-00-2/4417',
    '6310-26-00-2/',
    '6310-26-00-/4417',
    '6310-26-00-2апк/1',
    '6310-26-00-2q/1',
    'M-2026-0341',
    '6310-26-00-2/4417; DROP',
  ])('%j is none', (typed) => {
    expect(courtNumberFrom(typed)).toBeNull();
  });

  it('begins with the code of its court', () => {
    expect(courtCodeOf('6394-26-00-4а/17')).toBe('6394');
  });

  it('once tidied stays as it is', () => {
    const part = fc.nat(9999).map((n) => String(n).padStart(4, '0'));
    const suffix = fc.constantFrom('', 'а', 'a', 'A', 'к', 'K', 'ап', 'әк');
    fc.assert(
      fc.property(part, suffix, fc.nat(99_999), fc.option(fc.nat(9)), (court, kind, sequence, n) => {
        const number = courtNumberFrom(` ${court}-26-00-2${kind}/${sequence}${n === null ? '' : `(${n})`}`);
        expect(number).toMatch(/^[\d\-/()а-яә]+$/);
        expect(courtNumberFrom(number!)).toBe(number);
      }),
    );
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (typed) =>
        [null, courtNumberFrom(typed)].includes(courtNumberFrom(courtNumberFrom(typed) ?? '')),
      ),
    );
  });
});

describe('the number the house gives', () => {
  it.each([
    [2026, 341, 'M-2026-0341'],
    [2026, 1, 'M-2026-0001'],
    [2027, 12345, 'M-2027-12345'],
  ])('of %i, %i is %s', (year, sequence, number) => {
    expect(houseNumber(year, sequence)).toBe(number);
  });

  it.each(['M-2026-0341', 'm-2026-341', 'М-2026-0341', 'м - 2026 – 0341', 'M2026-341'])('%s finds the same case', (typed) => {
    expect(houseNumberFrom(typed)).toBe('M-2026-0341');
  });

  it.each(['', '2026-0341', 'M-2026-0000', 'M-1926-0341', 'M-2026-', 'X-2026-0341'])('%j finds none', (typed) => {
    expect(houseNumberFrom(typed)).toBeNull();
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses the sequence %d', (sequence) => {
    expect(() => houseNumber(2026, sequence)).toThrow(RangeError);
  });
});
