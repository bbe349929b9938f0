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
