import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ageOn, bin, birthDateOf, email, iin, identifierFaults, maskIin, phoneKz, showPhone } from './identifiers.js';

const faultOf = (schema: typeof iin, typed: string) => schema.safeParse(typed).error?.issues.map(({ message }) => message) ?? [];

describe('iin', () => {
  it.each(['850808300009', '050315500004', '990101400109', '850808301804', '990101400003', '061211600012'])('takes %s', (number) => {
    expect(iin.parse(number)).toBe(number);
  });

  it.each([
    ['123456789011', 'iin_date', 'the trap of the test certificate'],
    ['850808300001', 'iin_check', 'a wrong check digit'],
    ['850808300', 'iin', 'too short'],
    ['8508083000099', 'iin', 'too long'],
    ['85O808300009', 'iin', 'a letter O'],
    ['', 'iin', 'nothing'],
    ['150240990069', 'iin_is_bin', 'a BIN'],
    ['850230300000', 'iin_date', '30 February'],
    ['990229400007', 'iin_date', '29 February 1999'],
    ['850808000009', 'iin_date', 'century 0'],
    ['850808700009', 'iin_date', 'century 7'],
  ])('refuses %s: %s, %s', (number, fault) => {
    expect(faultOf(iin, number)).toEqual([fault]);
  });

  it.each(['85080830183', '05031550059'])('refuses %s with every last digit: the number is never issued', (prefix) => {
    const faults = Array.from({ length: 10 }, (_, digit) => faultOf(iin, `${prefix}${digit}`));
    expect(faults).toEqual(Array.from({ length: 10 }, () => ['iin_check']));
  });

  it('drops what comes along when a number is pasted', () => {
    expect(iin.parse(' 850808\u200B 300\u00A0009\u200F ')).toBe('850808300009');
  });

  it('takes exactly one last digit, or none', () => {
    const date = fc.date({ min: new Date('1900-01-01'), max: new Date('2099-12-31'), noInvalidDate: true });
    fc.assert(
      fc.property(date, fc.boolean(), fc.nat(9999), (birth, isMale, serial) => {
        const day = birth.toISOString().slice(0, 10);
        const century = (day < '2000' ? 3 : 5) + (isMale ? 0 : 1);
        const prefix = `${day.slice(2).replaceAll('-', '')}${century}${String(serial).padStart(4, '0')}`;
        const valid = Array.from({ length: 10 }, (_, digit) => `${prefix}${digit}`).filter((number) => iin.safeParse(number).success);
        expect(valid.length).toBeLessThanOrEqual(1);
        expect(birthDateOf(prefix)).toBe(day);
      }),
    );
  });

  it('shows only its ends', () => {
    expect(maskIin('850808300009')).toBe('8508******09');
  });
});

describe('age', () => {
  it.each([
    ['850808300009', '1985-08-08'],
    ['050315500004', '2005-03-15'],
    ['000229500000', '2000-02-29'],
    ['991231100000', '1899-12-31'],
    ['000101200000', '1800-01-01'],
    ['010101600000', '2001-01-01'],
  ])('reads %s as %s', (number, birth) => {
    expect(birthDateOf(number)).toBe(birth);
  });

  it.each([
    ['2008-10-08', '2026-10-07', 17],
    ['2008-10-08', '2026-10-08', 18],
    ['2008-02-29', '2026-02-28', 17],
    ['2008-02-29', '2026-03-01', 18],
    ['2026-10-08', '2026-10-08', 0],
  ])('somebody born on %s is on %s %i', (birth, day, age) => {
    expect(ageOn(birth, day)).toBe(age);
  });
});

describe('bin', () => {
  it.each(['150240990069', '151240990011', '180840990026'])('takes %s', (number) => {
    expect(bin.parse(number)).toBe(number);
  });

  it.each([
    ['150240990060', 'bin_check'],
    ['15024099006', 'bin'],
    ['850808300009', 'bin_is_iin'],
    ['151340990069', 'bin_form'],
    ['150249990069', 'bin_form'],
    ['150290990069', 'bin_form'],
  ])('refuses %s: %s', (number, fault) => {
    expect(faultOf(bin, number)).toEqual([fault]);
  });

  it('names every fault that is told', () => {
    expect(identifierFaults.bin).toEqual(['bin', 'bin_is_iin', 'bin_form', 'bin_check']);
    expect(identifierFaults.iin).toEqual(['iin', 'iin_is_bin', 'iin_date', 'iin_check']);
  });
});

describe('phoneKz', () => {
  it.each([
    '8 700 000 00 05',
    '87000000005',
    '77000000005',
    '+7 (700) 000-00-05',
    '7000000005',
    ' +7 700 000\u00A000 05',
    '8.700.000.00.05',
  ])('stores %s in one form', (typed) => {
    expect(phoneKz.parse(typed)).toBe('+77000000005');
  });

  it('takes the landlines of Oskemen', () => {
    expect(phoneKz.parse('8 (7232) 25-00-00')).toBe('+77232250000');
  });

  it.each([
    '+7 999 123 45 67',
    '8 999 123 45 67',
    '+8 700 000 00 05',
    '+49 30 123456',
    '700000005',
    '870000000051',
    'call me',
    '',
    '8700000000O',
  ])('refuses %s', (typed) => {
    expect(faultOf(phoneKz, typed)).toEqual(['phone']);
  });

  it('is shown in groups', () => {
    expect(showPhone('+77000000005')).toBe('+7 700 000 00 05');
  });
});

describe('email', () => {
  it('is the same however it is typed', () => {
    expect(email.parse(' Saule.Toleuhanova@Example.KZ\u200B ')).toBe('saule.toleuhanova@example.kz');
  });

  it.each(['saule', 'a@b', 'a@@example.kz', '@example.kz', '', `${'a'.repeat(250)}@example.kz`])('refuses %s', (typed) => {
    expect(faultOf(email, typed)).toContain('email');
  });
});

it('normalising twice changes nothing', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary', maxLength: 30 }), (typed) => {
      for (const schema of [iin, bin, phoneKz, email]) {
        const once = schema.safeParse(typed).data;
        if (once !== undefined) expect(schema.parse(once)).toBe(once);
      }
    }),
  );
});
