import { expect, it } from 'vitest';
import type { SaveAnswers } from '#contract';
import { changesIn } from './answers-from-form.js';
import { steps } from './steps.js';

const other = { kind: 'person', surname: 'Дорофеев', given: 'Геннадий', phone: '87000000001' } as const;

it.each<[string, SaveAnswers, SaveAnswers, SaveAnswers]>([
  ['an old tab that is saved empty', { title: '', claimText: '', amountKzt: null, ownMore: [] }, {}, {}],
  ['an old tab with what stood there before', { title: 'Ескі' }, { title: 'Ескі' }, {}],
  ['an answer taken back', { title: '', amountKzt: null }, { title: 'Ескі', amountKzt: 5 }, { title: '', amountKzt: null }],
  ['a party of which one answer changed', { other: { ...other, phone: '' } }, { other }, { other: { kind: 'person', phone: '' } }],
  ['nobody who acts any more', { own: { kind: 'person', representative: null } }, {}, { own: { kind: 'person' } }],
  ['a list as it was', { otherMore: [other] }, { otherMore: [other] }, {}],
  ['a list without its last', { otherMore: [] }, { otherMore: [other] }, { otherMore: [] }],
  [
    'a number of a court that stays',
    { court: { courtId: 'X', caseNumber: '2' } },
    { court: { courtId: 'X', caseNumber: '1' } },
    { court: { courtId: 'X', caseNumber: '2' } },
  ],
  ['a case of no court yet', { court: { courtId: '', caseNumber: '2' } }, {}, { court: { courtId: '', caseNumber: '2' } }],
  ['a court as it was', { court: { courtId: 'X', caseNumber: '1' } }, { court: { courtId: 'X', caseNumber: '1' } }, {}],
  ['a plain no', { flags: { courtCaseOpen: false, violence: false } }, {}, { flags: { courtCaseOpen: false, violence: false } }],
])('sends of %s what it changes', (_, page, shown, sent) => expect(changesIn(page, shown)).toEqual(sent));

it('takes back a tick that it was shown, and no other', () => {
  const around = steps.find(({ id }) => id === 'around')!;
  expect(around.read(new FormData(), {})).toEqual({ flags: {} });
  expect(around.read(new FormData(), { flags: { corruption: true } })).toEqual({ flags: { corruption: false } });
});
