import type kk from '../kk/intake-papers.js';

export default {
  receipt: 'Receipt for an application',
  'receipt.taken': 'The House of Friendship has received an application for mediation.',
  'receipt.number': 'Number of the application',
  'receipt.when': 'When filed',
  'receipt.applicant': 'Applicant',
  'receipt.other': 'Invited party',
  'receipt.kind': 'Kind of dispute',
  'receipt.place': 'District or city',
  'receipt.next': 'What happens next',
  'receipt.next.text':
    'The coordinator looks at the application {date}. Then the other side is invited and answers freely. The page of the case in the cabinet shows how it goes.',
  'receipt.limits': 'This application does not stop time limits of a court or the limitation period. Come on the days the court has set.',
  help: 'Help: {phone}. House of Friendship, Oskemen.',
  letter: 'Proposal to mediate',
  'letter.open': 'Scan the code, or type the address and enter the code. Capitals do not matter, and you need no account.',
  'letter.what':
    'You are invited to settle a dispute by talking, without a court, with the help of a neutral mediator. Who invites you and what it is about you read behind the code.',
  'letter.secret': 'To keep it private, the letter says nothing about the dispute.',
  'letter.until': 'Answer by: {date}.',
  'letter.free':
    'Taking part is voluntary and free of charge. You may agree or refuse; after agreeing you may still stop at any time without a reason. Without an answer the proposal counts as declined, and nothing else follows from it.',
  'letter.never': 'We never ask for money, passwords or card numbers.',
} satisfies Record<keyof typeof kk, string>;
