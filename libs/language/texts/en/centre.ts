import type kk from '../kk/centre.js';

export default {
  title: 'Notices',
  bell: 'Notices: {count} new || Notices: {count} new',
  'bell.none': 'Notices',
  empty: 'No notices yet. When something changes in your cases, we write it here.',
  new: 'new',
  open: 'Open the case',
  'open.offers': 'Open the offer',
  markRead: 'Mark all as read',
  until: 'By: {date}',
  lead: 'This says only what happened. What was said is in the case itself.',
} satisfies Record<keyof typeof kk, string>;
