import { type Role, roles } from '#contract';
import type { AppRoute } from './routes.js';

const participants: readonly Role[] = ['citizen', 'mediator'];

/** Rooms, papers and hours of a case, and the pages of the offices. */
export const officeRoutes: AppRoute[] = [
  // Inside a case
  {
    path: '/cases/:caseId/rooms',
    frame: 'room',
    roles: ['citizen'],
    elsewhere: { mediator: '/mediator/cases/:caseId' },
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
    words: ['rooms', 'gatherings'],
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
    path: '/cases/:caseId/objection',
    frame: 'cabinet',
    roles: ['citizen'],
    words: ['conflicts', 'case'],
    page: () => import('./cases/objection-page.js').then((it) => it.ObjectionPage),
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

  // A mediator's
  {
    path: '/mediator',
    frame: 'staff',
    roles: ['mediator'],
    nav: 'parts.nav.today',
    page: () => import('./mediator/today-page.js').then((it) => it.TodayPage),
  },
  {
    path: '/offers',
    frame: 'staff',
    roles: ['mediator'],
    nav: 'parts.nav.offers',
    page: () => import('./mediator/offers-page.js').then((it) => it.OffersPage),
  },
  {
    path: '/offers/:offerId',
    frame: 'staff',
    roles: ['mediator'],
    page: () => import('./mediator/offer-page.js').then((it) => it.OfferPage),
  },
  {
    path: '/mediator/entry',
    frame: 'staff',
    roles: ['mediator'],
    words: ['mediators'],
    page: () => import('./mediator/entry-page.js').then((it) => it.EntryPage),
  },
  {
    path: '/mediator/ties',
    frame: 'staff',
    roles: ['mediator'],
    words: ['conflicts'],
    page: () => import('./mediator/ties-page.js').then((it) => it.TiesPage),
  },
  {
    path: '/mediator/cases/:caseId',
    frame: 'staff',
    roles: ['mediator'],
    page: () => import('./mediator/case-page.js').then((it) => it.MediatorCasePage),
  },
  {
    path: '/mediator/cases/:caseId/people',
    frame: 'staff',
    roles: ['mediator'],
    words: ['gatherings', 'rooms'],
    page: () => import('./gatherings/people-page.js').then((it) => it.RoomPeoplePage),
  },
  {
    path: '/mediator/cases/:caseId/notes',
    frame: 'staff',
    roles: ['mediator'],
    words: ['gatherings', 'rooms'],
    page: () => import('./gatherings/notes-page.js').then((it) => it.NotesPage),
  },
  {
    path: '/mediator/cases/:caseId/settlement',
    frame: 'staff',
    roles: ['mediator'],
    page: () => import('./mediator/settlement-page.js').then((it) => it.SettlementPage),
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
    path: '/working-hours',
    frame: 'staff',
    roles: ['mediator'],
    words: ['times', 'meetings', 'calendar'],
    page: () => import('./times/working-hours-page.js').then((it) => it.WorkingHoursPage),
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

  // The desk's
  {
    path: '/desk',
    frame: 'staff',
    roles: ['coordinator'],
    nav: 'parts.nav.queue',
    page: () => import('./desk/queue-page.js').then((it) => it.QueuePage),
  },
  {
    path: '/desk/cases/:caseId',
    frame: 'staff',
    roles: ['coordinator'],
    page: () => import('./desk/case-page.js').then((it) => it.DeskCasePage),
  },
  {
    path: '/desk/cases/:caseId/mediator',
    frame: 'staff',
    roles: ['coordinator'],
    page: () => import('./desk/candidates-page.js').then((it) => it.CandidatesPage),
  },
  {
    path: '/desk/bulk',
    frame: 'staff',
    roles: ['coordinator'],
    page: () => import('./desk/bulk-page.js').then((it) => it.BulkPage),
  },
  {
    path: '/desk/funnel',
    frame: 'staff',
    roles: ['coordinator'],
    page: () => import('./desk/funnel-page.js').then((it) => it.FunnelPage),
  },
  {
    path: '/desk/notices',
    frame: 'staff',
    roles: ['coordinator'],
    nav: 'parts.nav.undelivered',
    page: () => import('./desk/deliveries-page.js').then((it) => it.DeliveriesPage),
  },
  {
    path: '/desk/templates',
    frame: 'staff',
    roles: ['coordinator'],
    words: ['desk', 'notices'],
    page: () => import('./desk/templates-page.js').then((it) => it.TemplatesPage),
  },

  {
    path: '/desk/calendar',
    frame: 'staff',
    roles: ['coordinator'],
    nav: 'parts.nav.meetings',
    words: ['meetings', 'calendar'],
    page: () => import('./desk/calendar-page.js').then((it) => it.DeskCalendarPage),
  },
  {
    path: '/desk/duty',
    frame: 'staff',
    roles: ['coordinator'],
    nav: 'parts.nav.duty',
    words: ['consultation'],
    page: () => import('./desk/duty-page.js').then((it) => it.DutyPage),
  },
  {
    path: '/desk/places',
    frame: 'staff',
    roles: ['coordinator'],
    nav: 'parts.nav.places',
    words: ['times'],
    page: () => import('./times/places-page.js').then((it) => it.PlacesPage),
  },

  // A court's
  {
    path: '/court',
    frame: 'staff',
    roles: ['court'],
    nav: 'parts.nav.caseload',
    page: () => import('./court/caseload-page.js').then((it) => it.CaseloadPage),
  },
  {
    path: '/court/referrals/new',
    frame: 'staff',
    roles: ['court'],
    words: ['court', 'application', 'auth'],
    page: () => import('./court/referral-page.js').then((it) => it.ReferralPage),
  },
  {
    path: '/court/cases/:caseId',
    frame: 'staff',
    roles: ['court'],
    words: ['court', 'events', 'states'],
    page: () => import('./court/card-page.js').then((it) => it.CourtCardPage),
  },

  // The council's, and every office's
  {
    path: '/council',
    frame: 'staff',
    roles: ['council', 'coordinator', 'court', 'administrator'],
    nav: 'parts.nav.reports',
    words: ['reports'],
    page: () => import('./council/pages.js').then((it) => it.ReportPage),
  },

  // The administrator's
  {
    path: '/admin',
    frame: 'staff',
    roles: ['administrator'],
    nav: 'parts.nav.people',
    page: () => import('./admin/people-page.js').then((it) => it.PeoplePage),
  },
  {
    path: '/admin/invitations',
    frame: 'staff',
    roles: ['administrator'],
    nav: 'parts.nav.invitations',
    page: () => import('./admin/invitations-page.js').then((it) => it.InvitationsPage),
  },
  {
    path: '/admin/partners',
    frame: 'staff',
    roles: ['administrator'],
    nav: 'parts.nav.partners',
    page: () => import('./admin/partners-page.js').then((it) => it.PartnersPage),
  },
  {
    path: '/admin/delivery',
    frame: 'staff',
    roles: ['administrator'],
    nav: 'parts.nav.delivery',
    page: () => import('./admin/delivery-page.js').then((it) => it.DeliveryPage),
  },

  // Everybody's own
  {
    path: '/notices',
    frame: 'cabinet',
    roles,
    page: () => import('./notices/notices-page.js').then((it) => it.NoticesPage),
  },
];
