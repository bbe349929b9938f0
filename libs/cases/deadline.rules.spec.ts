import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOf, kazakhstan, plusDays } from '#hours';
import deadlines from './data/deadlines.json' with { type: 'json' };
import { deadlineCodes, deadlineRule, type DeadlineRule, dueAt } from './deadline.rules.js';
import dental from '../../test/scenarios/15-dental-clinic-complaint.json' with { type: 'json' };

/** Local times of Oskemen, `2026-10-14 22:08`; UTC+5 unless the day lies before 1 March 2024. */
const at = (local: string) => new Date(`${local.replace(' ', 'T')}:00${local < '2024-03' ? '+06:00' : '+05:00'}`);
const endOf = (day: string) => new Date(`${day}T23:59:59${day < '2024-02-29' ? '+06:00' : '+05:00'}`);
const due = (code: string, start: string) => dueAt(code, at(start), start.slice(0, 10));

describe('ten calendar days to answer a proposal', () => {
  it.each([
    ['2026-09-01 10:00', '2026-09-11', 'a Friday'],
    ['2026-09-01 23:59', '2026-09-11', 'the hour does not matter to calendar days'],
    ['2026-09-02 10:00', '2026-09-14', 'Saturday moves to Monday'],
    ['2026-09-03 10:00', '2026-09-14', 'Sunday moves to Monday'],
    ['2025-12-22 10:00', '2026-01-05', '1 January, 2 January, a weekend'],
    ['2025-12-28 10:00', '2026-01-08', '7 January moves to the 8th'],
    ['2026-02-26 10:00', '2026-03-10', '8 March is a Sunday, observed on Monday the 9th'],
    ['2026-03-11 10:00', '2026-03-26', 'Nauryz with its two observed days'],
    ['2026-03-16 10:00', '2026-03-26', 'no holiday at its end'],
    ['2026-04-21 10:00', '2026-05-04', '1 May is a Friday'],
    ['2026-04-29 10:00', '2026-05-12', '9 May is a Saturday, observed on Monday the 11th'],
    ['2026-05-17 10:00', '2026-05-28', 'Kurban Ait'],
    ['2026-06-26 10:00', '2026-07-07', '6 July'],
    ['2026-08-20 10:00', '2026-08-31', '30 August is a Sunday and no holiday any more'],
    ['2026-10-16 10:00', '2026-10-27', '26 October, the observed Republic Day'],
    ['2026-12-06 10:00', '2026-12-17', '16 December'],
    ['2026-12-21 10:00', '2026-12-31', '31 December is a working day'],
    ['2026-12-22 10:00', '2027-01-05', '1 and 2 January, the weekend, the observed 4th'],
    ['2026-12-28 10:00', '2027-01-08', '7 January'],
    ['2027-03-05 10:00', '2027-03-16', '15 March is Constitution Day'],
    ['2027-03-11 10:00', '2027-03-25', 'Nauryz with the observed 24th'],
    ['2027-04-21 10:00', '2027-05-04', '1 May is a Saturday, observed on the 3rd'],
    ['2027-04-29 10:00', '2027-05-11', '9 May is a Sunday, observed on the 10th'],
    ['2027-05-06 10:00', '2027-05-17', 'Kurban Ait on a Sunday moves nothing but the Sunday'],
    ['2027-10-15 10:00', '2027-10-26', '25 October is a Monday'],
  ])('from %s run to %s: %s', (start, day) => {
    expect(due('PROPOSAL_ANSWER', start)).toEqual(endOf(day));
  });

  it('of the dental clinic end on the 27th: the tenth day falls on a day off', () => {
    expect(dueAt('PROPOSAL_ANSWER', new Date(`${dental.filedAtLocal}+05:00`), '2026-10-14')).toEqual(endOf('2026-10-27'));
    expect(dental.messages[0]!.text).toContain('до 27 октября: десятый день попадает на выходные');
  });
});

describe('two working days to screen', () => {
  it.each([
    ['2026-09-07 10:00', '2026-09-09', 'an ordinary Monday'],
    ['2026-09-07 07:00', '2026-09-09', 'before the office opens is the same day'],
    ['2026-09-07 18:30', '2026-09-10', 'after hours it came on Tuesday'],
    ['2026-09-10 10:00', '2026-09-14', 'a Thursday'],
    ['2026-09-11 10:00', '2026-09-15', 'a Friday'],
    ['2026-09-11 20:00', '2026-09-16', 'a Friday evening came on Monday'],
    ['2026-09-12 12:00', '2026-09-16', 'so did a Saturday'],
    ['2026-01-05 10:00', '2026-01-08', 'across 7 January'],
    ['2026-01-06 10:00', '2026-01-09', 'across 7 January'],
    ['2026-01-07 10:00', '2026-01-12', 'filed on 7 January it came on the 8th'],
    ['2026-03-19 10:00', '2026-03-26', 'across Nauryz'],
    ['2026-03-20 19:00', '2026-03-30', 'on the eve of Nauryz, after hours'],
    ['2026-10-23 10:00', '2026-10-28', 'across 25 and 26 October'],
    ['2026-12-30 10:00', '2027-01-05', 'across the New Year'],
    ['2026-12-31 10:00', '2027-01-06', '31 December'],
    ['2026-12-31 18:30', '2027-01-08', '31 December, after hours: it came on the 5th, and the 7th is off'],
    ['2027-01-06 10:00', '2027-01-11', 'across 7 January 2027'],
    ['2027-03-12 10:00', '2027-03-17', 'across Constitution Day'],
    ['2027-04-30 10:00', '2027-05-05', 'across the observed 3 May'],
  ])('from %s run to %s: %s', (start, day) => {
    expect(due('SCREENING', start)).toEqual(endOf(day));
  });
});

describe('other units', () => {
  it.each([
    ['MEDIATION_TERM', '2026-09-08 15:00', '2026-10-08'],
    ['MEDIATION_TOTAL', '2026-09-08 15:00', '2026-11-09'],
    ['MEDIATION_EXTENSION', '2026-10-08 23:59', '2026-11-09'],
    ['COURT_PENDING', '2026-01-31 12:00', '2026-03-02'],
    ['COURT_PENDING', '2026-09-26 12:00', '2026-10-27'],
    ['COURT_JUDGE', '2026-10-16 19:00', '2026-11-02'],
    ['SETTLEMENT_TO_COURT', '2026-09-08 15:00', '2026-09-08'],
    ['SETTLEMENT_TO_COURT', '2026-10-24 15:00', '2026-10-27'],
    ['DATA_INCIDENT_NOTICE', '2026-09-11 20:00', '2026-09-14'],
    ['MEDIATOR_ANSWER', '2026-09-11 20:00', '2026-09-16'],
    ['RETENTION_CASE', '2026-11-23 12:00', '2031-11-24'],
    ['RETENTION_TALK', '2026-11-23 12:00', '2027-02-22'],
  ])('%s from %s runs to %s', (code, start, day) => {
    expect(due(code, start)).toEqual(endOf(day));
  });

  it('clock time runs by the clock, on days off too', () => {
    expect(due('LOGIN_NONCE', '2026-10-25 23:58')).toEqual(at('2026-10-26 00:03'));
    expect(due('EGOV_QR_TTL', '2026-10-25 23:58')).toEqual(at('2026-10-26 00:01'));
  });
});

describe('the change of clocks of 1 March 2024', () => {
  it.each([
    ['2024-02-16 10:00', '2024-02-26T17:59:59Z'],
    ['2024-02-19 10:00', '2024-02-29T18:59:59Z'],
    ['2024-02-20 10:00', '2024-03-01T18:59:59Z'],
    ['2024-02-20 23:30', '2024-03-01T18:59:59Z'],
  ])('ten days from %s end at %s', (start, end) => {
    expect(due('PROPOSAL_ANSWER', start)).toEqual(new Date(end));
  });

  it('a filing belongs to the local day of its time', () => {
    expect(dueAt('PROPOSAL_ANSWER', new Date('2024-02-20T18:30:00Z'), '2024-02-21')).toEqual(new Date('2024-03-04T18:59:59Z')); // 00:30 on the 21st
    expect(dueAt('PROPOSAL_ANSWER', new Date('2026-09-01T18:30:00Z'), '2026-09-01')).toEqual(endOf('2026-09-11')); // 23:30 on the 1st
  });
});

describe('rules by the day', () => {
  const row = (value: number, effective_from: string | null, effective_to: string | null): DeadlineRule => ({
    ...deadlineRule('PROPOSAL_ANSWER', '2026-09-01'),
    value,
    effective_from,
    effective_to,
  });
  const rows = [row(10, null, '2026-10-01'), row(15, '2026-10-01', null)];
  const start = at('2026-10-05 10:00');

  it('the rule set of the case governs, not that of the event', () => {
    expect(dueAt('PROPOSAL_ANSWER', start, '2026-09-30', rows)).toEqual(endOf('2026-10-15'));
    expect(dueAt('PROPOSAL_ANSWER', start, '2026-10-01', rows)).toEqual(endOf('2026-10-20'));
  });

  it('a gap, an overlap or a code nobody knows is an error, never a guess', () => {
    expect(() => dueAt('PROPOSAL_ANSWER', start, '2026-10-01', [row(10, null, '2026-09-30')])).toThrow('0 rules for PROPOSAL_ANSWER');
    expect(() => dueAt('PROPOSAL_ANSWER', start, '2026-10-01', [...rows, row(5, null, null)])).toThrow('2 rules for PROPOSAL_ANSWER');
    expect(() => dueAt('NO_SUCH', start, '2026-10-01')).toThrow('0 rules for NO_SUCH');
  });

  it('every code has one rule on any day', () => {
    expect(new Set(deadlines.deadlines.map(({ code }) => code))).toEqual(new Set(deadlineCodes));
    for (const code of deadlineCodes)
      for (const on of ['2024-01-01', '2026-09-01', '2030-01-01']) expect(deadlineRule(code, on).code).toBe(code);
  });

  it('says what it says in units the engine knows', () => {
    for (const { code, unit, day_type } of deadlines.deadlines) {
      expect(deadlines.meta.unit_values, code).toContain(unit);
      expect(deadlines.meta.day_type_values, code).toContain(day_type);
      expect(day_type === null, code).toBe(unit === 'second' || unit === 'minute');
    }
  });
});

it('never ends early, nor on a day off, nor goes back when it starts later', () => {
  const days = deadlineCodes.filter((code) => deadlineRule(code, '2026-01-01').day_type !== null);
  const minutes = fc.integer({ min: 0, max: 2 * 365 * 1440 }).map((minute) => new Date(at('2026-01-01 00:00').getTime() + minute * 60_000));
  fc.assert(
    fc.property(fc.constantFrom(...days), minutes, fc.nat(3 * 1440), (code, start, later) => {
      const [day, end] = ['2026-01-01', dueAt(code, start, '2026-01-01')];
      const lastDay = dayOf(end.getTime(), kazakhstan.zone);
      const { value, unit } = deadlineRule(code, day);
      expect(kazakhstan.isWorkingDay(lastDay)).toBe(true);
      expect(end).toEqual(endOf(lastDay));
      if (unit === 'day') expect(lastDay >= plusDays(dayOf(start.getTime(), kazakhstan.zone), value)).toBe(true);
      expect(dueAt(code, new Date(start.getTime() + later * 60_000), day) >= end).toBe(true);
    }),
  );
});
