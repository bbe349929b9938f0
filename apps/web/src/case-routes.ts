import { type Role, roles } from '#contract';
import type { AppRoute } from './routes.js';

const participants: readonly Role[] = ['citizen', 'mediator'];

/** Rooms, papers and hours of a case: what parties and mediators open alike. */
export const caseRoutes: AppRoute[] = [
  // Inside a case
  {
    path: '/cases/:caseId/rooms',
    frame: 'room',
    roles: ['citizen'],
    elsewhere: { mediator: '/mediator/cases/:caseId' },
    words: ['rooms', 'files'],
    page: () => import('./rooms/rooms-page.js').then((it) => it.RoomsPage),
  },
  {
    path: '/cases/:caseId/said',
    frame: 'cabinet',
    roles: participants,
    words: ['gatherings', 'rooms'],
    page: () => import('./gatherings/said-page.js').then((it) => it.SaidPage),
  },
  {
    path: '/guest',
    frame: 'cabinet',
    roles: participants,
    words: ['gatherings'],
    page: () => import('./gatherings/guest-page.js').then((it) => it.GuestPage),
  },
  {
    path: '/rooms/:caseId',
    frame: 'room',
    roles: participants,
    words: ['rooms', 'files'],
    page: () => import('./rooms/rooms-page.js').then((it) => it.RoomsPage),
  },
  {
    path: '/cases/:caseId/meetings',
    frame: 'cabinet',
    roles: participants,
    page: () => import('./schedule/schedule-page.js').then((it) => it.SchedulePage),
  },
  {
    path: '/cases/:caseId/safety',
    frame: 'plain',
    roles: ['citizen'],
    words: ['application'],
    page: () => import('./cases/safety-page.js').then((it) => it.SafetyPage),
  },
  {
    path: '/complaints',
    frame: 'cabinet',
    roles: ['citizen'],
    elsewhere: { coordinator: '/desk/complaints', administrator: '/admin/complaints' },
    words: ['complaints'],
    page: () => import('./complaint/complaints-page.js').then((it) => it.OwnComplaintsPage),
  },
  {
    path: '/cases/:caseId/choosing',
    frame: 'cabinet',
    roles: ['citizen'],
    words: ['choosing', 'mediators'],
    page: () => import('./cases/choosing-page.js').then((it) => it.ChoosingPage),
  },
  {
    path: '/cases/:caseId/objection',
    frame: 'cabinet',
    roles: ['citizen'],
    words: ['conflicts', 'case'],
    page: () => import('./cases/objection-page.js').then((it) => it.ObjectionPage),
  },
  {
    path: '/cases/:caseId/looks',
    frame: 'cabinet',
    roles: ['citizen'],
    words: ['safekeeping'],
    page: () => import('./cases/looks-page.js').then((it) => it.LooksPage),
  },
  {
    path: '/cases/:caseId/end',
    frame: 'cabinet',
    roles: participants,
    page: () => import('./papers/end-page.js').then((it) => it.EndPage),
  },
  {
    path: '/papers/:paperId',
    frame: 'cabinet',
    roles: participants,
    page: () => import('./papers/paper-page.js').then((it) => it.PaperPage),
  },

  // Meetings
  {
    path: '/meetings',
    frame: 'cabinet',
    roles: participants,
    nav: 'parts.nav.meetings',
    words: ['meetings', 'calendar'],
    page: () => import('./meetings/calendar-page.js').then((it) => it.CalendarPage),
  },
  {
    path: '/meetings/:meetingId',
    frame: 'cabinet',
    roles: participants,
    words: ['meetings', 'calendar', 'papers'],
    page: () => import('./meetings/meeting-page.js').then((it) => it.MeetingPage),
  },
  {
    path: '/times',
    frame: 'cabinet',
    roles: ['citizen'],
    words: ['times', 'meetings'],
    page: () => import('./times/times-page.js').then((it) => it.TimesPage),
  },
  {
    path: '/calendar-feed',
    frame: 'cabinet',
    roles: participants,
    words: ['times', 'meetings'],
    page: () => import('./times/feed-page.js').then((it) => it.FeedPage),
  },
  {
    path: '/m/:caseId?',
    frame: 'cabinet',
    roles: participants,
    words: ['meetings'],
    page: () => import('./meetings/next-meeting-page.js').then((it) => it.NextMeetingPage),
  },

  // Everybody's own
  {
    path: '/notices',
    frame: 'cabinet',
    roles,
    page: () => import('./notices/notices-page.js').then((it) => it.NoticesPage),
  },
];
