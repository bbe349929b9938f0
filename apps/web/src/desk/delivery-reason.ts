import type { TextKey } from '#language';

type Reason = TextKey<'delivery'> extends infer K ? (K extends `delivery.reason.${infer R}` ? R : never) : never;

/** What a server or our own worker answered, in words; the code itself stands beside it for whoever has to ask the provider. */
const reasons: [RegExp, Reason][] = [
  [/^no_contact$/, 'no_contact'],
  [/^landline$/, 'landline'],
  [/^(variable_missing|template_unknown|unwritable|contact_unreadable|not_a_push_service)/, 'unwritable'],
  [/^(bounced 5[.]2[.]2|552)/, 'box_full'],
  [/^(bounced 5[.]1|550|551|553)/, 'no_box'],
  [/^(bounced|5\d\d)/, 'refused'],
  [/^mobizon (1|12)$/, 'no_number'],
  [/^no_provider$/, 'no_provider'],
  [/^(4\d\d|delayed|mobizon|http|E[A-Z]|\w+Error)/, 'not_now'],
  [/^read$/, 'read'],
  [/^unwanted$/, 'unwanted'],
  [/^(answered|used|lapsed|expired)$/, 'lapsed'],
  [/^no_device$/, 'no_device'],
];

export const reasonOf = (code: string, isOver: boolean): `delivery.reason.${Reason}` | undefined => {
  const found = reasons.find(([pattern]) => pattern.test(code));
  return found && `delivery.reason.${isOver && found[1] === 'not_now' ? 'gave_up' : found[1]}`;
};
