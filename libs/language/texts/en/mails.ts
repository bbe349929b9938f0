import type kk from '../kk/mails.js';

export default {
  sender: 'House of Friendship – Kelisim',
  heading: 'You have a message from the House of Friendship',
  'heading.code': 'Confirmation code',
  several: '{count} thing is new in the cabinet: || {count} things are new in the cabinet:',
  open: 'Read it in the cabinet',
  'open.invitation': 'Read the message',
  'open.signIn': 'Sign in to the cabinet',
  'open.meeting': 'Open the meeting',
  appointment: 'Appointment',
  typed: 'If the button does not open, type this address: {address}.',
  'typed.code': 'If the button does not open, type the address {address} and enter the code {code}.',
  until: 'Due: {date}.',
  'until.answer': 'Please answer by: {date}.',
  valid: 'The code is valid for ten minutes. If you did not ask for it, there is nothing to do.',
  help: 'Help: {phone}.',
  never: 'We never ask for money, passwords or codes from text messages.',
  check: 'Is this mail real? Check it at {address} with the code {code}.',
  house: 'House of Friendship – Centre of Public Accord, Oskemen',
  settings: 'Notice settings',
} satisfies Record<keyof typeof kk, string>;
