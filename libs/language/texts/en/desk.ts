import type kk from '../kk/desk.js';

export default {
  title: 'Queue',
  'obstacle.is_party': 'is a party to this dispute',
  'obstacle.not_registered': 'is not in the register yet',
  'obstacle.excluded': 'has been excluded from the register',
  'obstacle.suspended': 'is suspended',
  'obstacle.certificate_expired': 'the certificate has expired',
  'obstacle.wrong_kind': 'this kind of case needs a professional mediator',
  'obstacle.language_missing': 'does not work in the language of the parties',
  'obstacle.field_missing': 'does not take disputes of this kind',
  'obstacle.at_capacity': 'has a full caseload',
} satisfies Record<keyof typeof kk, string>;
