import type kk from '../kk/fields-later.js';

export default {
  capacity: 'Write a whole number from 1 to 20: nobody stands in the register with no places.',
  age_professional: 'A professional mediator must be 25 on the day of entry. Check the date and the IIN.',
  age_public: 'The mediator must be of age on the day of entry. Check the date and the IIN.',
  certificate_needed: 'A professional mediator needs a certificate of the general course. Add it.',
  certificate_overlaps: 'The days overlap with another certificate of this course.',
  renewal: 'A new one begins on the day after the old one.',
  number_taken: 'There is another entry with this number.',
  already_registered: 'This person is in the register already. Correct that entry instead.',
  looks_registered:
    'The register has a mediator of the same name (perhaps spelled otherwise) and day of birth. If it is another person, say so below.',
  contact_of_other: 'This contact belongs to somebody else in the cabinet. Check it.',
  field_specialised: 'A kind of dispute belongs to a specialised course alone. Leave it empty.',
  standing_runs: 'Another suspension is running. Choose today, or restore first.',
  until_suspended: 'Only a suspension has a last day. Leave it empty.',
  document_seen: 'Tick that you have seen the identity document.',
} satisfies Record<keyof typeof kk, string>;
