import type kk from '../kk/desk-funnel.js';

export default {
  funnel: 'How invitations arrive',
  'funnel.days': 'The last {days} days',
  'funnel.lead': 'Invited: {invited}; joined: {joined}.',
  'funnel.none': 'No invitation was sent in this time. They appear here once an application is screened.',
  'funnel.step': 'Step',
  'funnel.count': 'Number',
  'funnel.part': 'Share of the invited',
  'funnel.invited': 'invited',
  'funnel.opened': 'opened',
  'funnel.understood': 'read to the end',
  'funnel.joined': 'joined',
  'funnel.declined': 'declined',
  'funnel.silent': 'the time ran out, no answer',
  'funnel.waiting': 'an answer is awaited',
  'funnel.joinedAfterNudge': 'joined after a reminder',
  'funnel.others': 'Not joined',
  'funnel.caption': 'How far invitations came, {days} days',
} satisfies Record<keyof typeof kk, string>;
