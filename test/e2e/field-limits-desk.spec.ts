import { expect, it } from 'vitest';
import type { z } from 'zod';
import {
  AskCode,
  AskConsultation,
  CaseQuery,
  DraftOffer,
  KeepDuty,
  NameCourt,
  OpenHouseSession,
  Register,
  SafetyAnswer,
  Screen,
  ShowInvitationCode,
  TakeContact,
} from '#contract';
import { newId } from '#platform';
import { fieldsIn } from '../support/schema-fields.js';

/** Beside the application (field-limits.spec.ts): what else is written on the way to a mediation. A new field without a row here fails. */
type Limit = [most: unknown, tooMuch: unknown];
type Form = { schema: z.ZodType; base: Record<string, unknown>; fields: Record<string, Limit> };
const text = (most: number): Limit => ['ң'.repeat(most), 'ң'.repeat(most + 1)];
const oneOf = (one: string): Limit => [one, 'nonsense'];
const id: Limit = [newId(), 'x'];
const instant: Limit = ['2026-09-22T05:00:00Z', 'tomorrow'];
const code: Limit = ['000000', '0000000'];
const names = { surname: text(80), given: text(80), patronymic: text(80) };
const named = { surname: 'А', given: 'Б' };
const contact: Limit = ['a'.repeat(254), 'a'.repeat(255)];

const forms: Record<string, Form> = {
  'letting through': { schema: Screen, base: { decision: 'allow' }, fields: { summary: text(600) } },
  'sending back': {
    schema: Screen,
    base: { decision: 'return' },
    fields: { notes: text(4000), fields: [{ own: 'ң'.repeat(600) }, { own: 'ң'.repeat(601) }] },
  },
  refusing: { schema: Screen, base: { decision: 'refuse' }, fields: { code: text(40) } },
  'naming the court': { schema: NameCourt, base: { courtId: 'X', caseNumber: '1' }, fields: { courtId: text(40), caseNumber: text(60) } },
  'looking for a case': {
    schema: CaseQuery,
    base: {},
    fields: {
      after: text(200),
      limit: [100, 101],
      queue: oneOf('screen'),
      category: text(40),
      district: text(40),
      door: oneOf('desk'),
      search: text(80),
      unsent: oneOf('own'),
    },
  },
  'taking a contact down': {
    schema: TakeContact,
    base: { partyId: newId(), phone: '+77015550000' },
    fields: {
      partyId: [newId(), 'x'],
      email: [`${'a'.repeat(64)}@example.kz`, 'nonsense'],
      phone: ['+77015550000', 'nonsense'],
    },
  },
  'receiving somebody': {
    schema: OpenHouseSession,
    base: { by: 'document', ...named, language: 'kk', seen: true },
    fields: { ...names, language: oneOf('ru'), seen: [true, false] },
  },
  'receiving by a slip': { schema: OpenHouseSession, base: { by: 'slip' }, fields: { code: text(40) } },
  'receiving who lost it': {
    schema: OpenHouseSession,
    base: { by: 'lost', number: '1', ...named, seen: true },
    fields: { number: text(40) },
  },
  'asking for a code': {
    schema: AskCode,
    base: { purpose: 'register', contact: 'a@b.kz', language: 'kk' },
    fields: { purpose: oneOf('sign_in'), contact, language: oneOf('en') },
  },
  registering: {
    schema: Register,
    base: { codeId: newId(), code: '000000', ...named, language: 'kk', consent: { version: '1' } },
    fields: {
      codeId: id,
      code,
      ...names,
      language: oneOf('kk'),
      password: text(200),
      consent: [{ version: '1' }, { version: '1'.repeat(41) }],
    },
  },
  'asking a mediator': {
    schema: AskConsultation,
    base: { id: newId(), language: 'kk' },
    fields: { id, language: oneOf('ru'), category: text(40), district: text(40), source: oneOf('refusal'), startsAt: instant },
  },
  'a draft that a mediator offers': {
    schema: DraftOffer,
    base: { category: 'debt', title: 'А', claimText: 'Б' },
    fields: { category: text(40), title: text(160), claimText: text(4000), desiredOutcome: text(4000) },
  },
  'a turn on duty': {
    schema: KeepDuty,
    base: { mediatorId: newId(), from: '2026-09-22T05:00:00Z', to: '2026-09-22T06:00:00Z' },
    fields: { mediatorId: id, from: instant, to: instant },
  },
  'an answer about safety': { schema: SafetyAnswer, base: { safe: 'yes' }, fields: { safe: oneOf('unsure'), words: text(2000) } },
  'the code of a letter': { schema: ShowInvitationCode, base: {}, fields: { code: text(40) } },
};

it.each(Object.entries(forms))('%s: the most is taken, one too much is refused by its field', (_, { schema, base, fields }) => {
  for (const [field, [most, tooMuch]] of Object.entries(fields)) {
    expect(schema.safeParse({ ...base, [field]: most }).success, field).toBe(true);
    const refused = schema.safeParse({ ...base, [field]: tooMuch });
    expect(
      refused.error?.issues.map(({ path }) => path[0]),
      field,
    ).toEqual([field]);
  }
});

it('the table knows every field of these forms', () => {
  const told = { decision: Screen, by: OpenHouseSession };
  for (const schema of new Set(Object.values(forms).map((form) => form.schema))) {
    const known = Object.values(forms).flatMap((form) => (form.schema === schema ? Object.keys(form.fields) : []));
    const there = fieldsIn(schema).map((path) => path.split('.')[0]!);
    const apart = Object.entries(told).flatMap(([field, of]) => (of === schema ? [field] : []));
    expect([...new Set([...known, ...apart])].toSorted()).toEqual([...new Set(there)].toSorted());
  }
});
