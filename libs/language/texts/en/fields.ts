import type kk from '../kk/fields.js';

export default {
  required: 'Fill in this field.',
  choose: 'Choose one.',
  phone: 'The number needs 11 digits, for example +7 700 000 00 01.',
  email: 'The address needs an @ sign, for example name@example.kz.',
  iin: 'An IIN has 12 digits. Check them against your document.',
  bin: 'A BIN has 12 digits. Check them against your document.',
  too_long: 'Too long: at most {max} characters.',
  too_short: 'Too short: at least {min} characters.',
  number: 'Write a number only, for example 486000.',
  date: 'Check the date.',
  password: 'Write at least {min} characters.',
  same: 'The two must be the same.',
  code: 'Enter the {digits} digits from the message.',
  invitation_code: 'The code has 8 letters and digits, for example 7K4M-29QX.',
  court_number: 'A case number looks like 6310-26-00-2/1234.',
  wrong: 'This answer does not fit. Check it.',
  whole_number: 'Write a whole number, for example 486000.',
  contact: 'Write a phone number or an e-mail address.',
  contact_needed: 'Write at least one: a phone or an e-mail.',
  code_short: 'A code has at least 4 characters. Copy it from the message.',
} satisfies Record<keyof typeof kk, string>;
