import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import type { Language, Obstacle } from '#contract';
import { Mediator, type Needs, obstaclesOf } from '#mediators';

type Entry = Pick<Mediator, 'kind' | 'languages' | 'fields' | 'district' | 'status' | 'statusFrom' | 'statusUntil' | 'capacity'> & {
  id: string;
  registerEntryDate: string;
  certificate: { validUntil: string } | null;
};
const register = JSON.parse(readFileSync('test/scenarios/mediators.json', 'utf8')) as Entry[];

const mediator = (values: Partial<Mediator> = {}) =>
  Object.assign(
    new Mediator(),
    { kind: 'public', registerEntryDate: '2021-01-03', languages: ['kk', 'ru'], fields: ['neighbours'], capacity: 2 },
    values,
  );
const needs = (values: Partial<Needs> = {}): Needs => ({
  field: 'neighbours',
  kinds: ['professional', 'public'],
  languages: ['kk', 'ru'],
  partyIds: [],
  partyIdNumbers: [],
  ...values,
});
const obstacles = (of: Mediator, asked = needs(), openCases = 0, on = '2026-11-23') =>
  obstaclesOf(of, asked, { openCases, isParty: false }, on);

it('lets a mediator take what suits', () => {
  expect(obstacles(mediator())).toEqual([]);
});

it.each<[Obstacle, Mediator, Partial<Needs>?]>([
  ['not_registered', mediator({ registerEntryDate: '2026-11-24' })],
  ['excluded', mediator({ status: 'excluded', statusFrom: '2026-11-23' })],
  ['suspended', mediator({ status: 'suspended', statusFrom: '2026-11-23', statusUntil: '2026-11-24' })],
  ['certificate_expired', mediator({ kind: 'professional', certificateUntil: '2026-11-22' })],
  ['certificate_expired', mediator({ kind: 'professional' })],
  ['wrong_kind', mediator(), { kinds: ['professional'] }],
  ['language_missing', mediator({ languages: ['ru'] })],
  ['language_missing', mediator(), { languages: ['ru', 'en' satisfies Language] }],
  ['field_missing', mediator(), { field: 'family' }],
])('refuses: %s', (obstacle, of, asked) => {
  expect(obstacles(of, needs(asked))).toEqual([obstacle]);
});

it.each([
  ['the day before an exclusion', mediator({ status: 'excluded', statusFrom: '2026-11-24' })],
  ['the day before a suspension', mediator({ status: 'suspended', statusFrom: '2026-11-24', statusUntil: '2026-12-01' })],
  ['the day a suspension ends', mediator({ status: 'suspended', statusFrom: '2026-10-01', statusUntil: '2026-11-23' })],
  ['the last day of a certificate', mediator({ kind: 'professional', certificateUntil: '2026-11-23' })],
  ['the day of entry', mediator({ registerEntryDate: '2026-11-23' })],
])('accepts: %s', (_, of) => {
  expect(obstacles(of)).toEqual([]);
});

it('takes any field where the case has none of its own', () => {
  expect(obstacles(mediator({ fields: [] }), needs({ field: null }))).toEqual([]);
});

it('counts what a mediator carries, and never lets a party judge itself', () => {
  expect(obstacles(mediator(), needs(), 1)).toEqual([]);
  expect(obstacles(mediator(), needs(), 2)).toEqual(['at_capacity']);
  expect(obstaclesOf(mediator(), needs(), { openCases: 0, isParty: true }, '2026-11-23')).toEqual(['is_party']);
});

it('names every obstacle at once', () => {
  const of = mediator({ status: 'excluded', statusFrom: '2020-01-01', kind: 'professional', languages: [], fields: [] });
  expect(obstacles(of)).toEqual(['excluded', 'certificate_expired', 'language_missing', 'field_missing']);
});

it('finds in the register of the scenarios just those whose standing has lapsed', () => {
  const lapsed = (on: string) => {
    const found: Record<string, string[]> = {};
    for (const { id, certificate, ...entry } of register) {
      const one = mediator({ ...entry, certificateUntil: certificate?.validUntil ?? null });
      const [reason] = obstacles(one, needs({ field: null, languages: [] }), 0, on);
      if (reason) (found[reason] ??= []).push(id);
    }
    return found;
  };
  const standing = { suspended: ['MED-18', 'MED-27', 'MED-30'], excluded: ['MED-21', 'MED-33'] };
  expect(lapsed('2026-11-23')).toEqual({ certificate_expired: ['MED-09', 'MED-36', 'MED-38'], ...standing });
  expect(lapsed('2026-11-30').certificate_expired).not.toContain('MED-05');
  expect(lapsed('2026-12-01').certificate_expired).toContain('MED-05');
});
