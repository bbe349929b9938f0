import type { ComponentType } from 'react';
import type { SaveAnswers, ScreeningFlag } from '#contract';
import { readAmount } from './amount-from-form.js';
import { answersFrom } from './answers-from-form.js';
import { AmountFields, KindFields, NameFields, PlaceFields, StoryFields, WishFields } from './dispute-fields.js';
import { AroundFields, aroundFlags, CourtFields, SafetyFields } from './circumstance-fields.js';
import type { Complaints } from '../complaints.js';
import { morePeople, readMore } from './more-people.js';
import { NeedsFields, readNeeds } from './needs-fields.js';
import { OwnFields, readOwn } from './own-fields.js';
import { ContactFields, OtherFields, readOther } from './party-fields.js';

export type FieldsProps = { answers: SaveAnswers; complaints: Complaints };
export type StepId =
  | 'kind'
  | 'place'
  | 'story'
  | 'wish'
  | 'amount'
  | 'court'
  | 'safety'
  | 'around'
  | 'own'
  | 'ownMore'
  | 'other'
  | 'contact'
  | 'otherMore'
  | 'needs'
  | 'name';
export type Step = {
  id: StepId;
  Fields: ComponentType<FieldsProps>;
  /** The answers it asks for, by the beginning of their paths: what the server misses there is mended on this page. */
  asks: string[];
  read: (form: FormData, shown: SaveAnswers) => SaveAnswers;
  hasHint?: boolean;
  hasWhy?: boolean;
};

/** The application, one question a page, in the order in which it is asked. */
export const steps: Step[] = [
  { id: 'kind', Fields: KindFields, asks: ['category', 'subcategory'], read: answersFrom, hasHint: true, hasWhy: true },
  { id: 'place', Fields: PlaceFields, asks: ['district'], read: answersFrom, hasHint: true, hasWhy: true },
  { id: 'story', Fields: StoryFields, asks: ['claimText'], read: answersFrom, hasWhy: true },
  { id: 'wish', Fields: WishFields, asks: ['desiredOutcome'], read: answersFrom, hasWhy: true },
  { id: 'amount', Fields: AmountFields, asks: ['amountKzt'], read: readAmount },
  { id: 'court', Fields: CourtFields, asks: ['court', 'flags.courtCaseOpen'], read: readCourt, hasWhy: true },
  { id: 'safety', Fields: SafetyFields, asks: ['flags.violence'], read: readSafety, hasWhy: true },
  { id: 'around', Fields: AroundFields, asks: ['flags'], read: readAround, hasHint: true, hasWhy: true },
  { id: 'own', Fields: OwnFields, asks: ['own'], read: readOwn, hasWhy: true },
  { id: 'ownMore', Fields: morePeople('ownMore'), asks: ['ownMore'], read: readMore('ownMore'), hasWhy: true },
  { id: 'other', Fields: OtherFields, asks: ['other'], read: readOther, hasWhy: true },
  {
    id: 'contact',
    Fields: ContactFields,
    asks: ['other.phone', 'other.email', 'other.address', 'other.language'],
    read: answersFrom,
    hasHint: true,
    hasWhy: true,
  },
  { id: 'otherMore', Fields: morePeople('otherMore'), asks: ['otherMore'], read: readMore('otherMore'), hasWhy: true },
  {
    id: 'needs',
    Fields: NeedsFields,
    asks: ['own.language', 'own.interpreter', 'own.channel', 'own.accessibility'],
    read: readNeeds,
    hasWhy: true,
  },
  { id: 'name', Fields: NameFields, asks: ['title'], read: answersFrom, hasWhy: true },
];

function readCourt(form: FormData): SaveAnswers {
  if (!form.has('hasCourt')) return {};
  const courtCaseOpen = form.get('hasCourt') === 'yes';
  return { ...(courtCaseOpen ? { court: answersFrom(form).court ?? null } : { court: null }), flags: { courtCaseOpen } };
}

/** Somebody who is not sure is treated as somebody who is not safe: a person looks first. */
function readSafety(form: FormData): SaveAnswers {
  const answer = form.get('flags.violence');
  return answer === null ? {} : { flags: { violence: answer !== 'no' } };
}

/** A tick that was never there and still is not says nothing. */
function readAround(form: FormData, shown: SaveAnswers): SaveAnswers {
  const ticked = (flag: ScreeningFlag) => form.has(`flags.${flag}`);
  return {
    flags: Object.fromEntries(aroundFlags.filter((flag) => ticked(flag) || shown.flags?.[flag]).map((flag) => [flag, ticked(flag)])),
  };
}
