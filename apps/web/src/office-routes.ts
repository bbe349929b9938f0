import { registerRoutes } from './register/routes.js';
import type { AppRoute } from './routes.js';
import { safekeepingRoutes } from './safekeeping/routes.js';
import { seldomRoutes } from './seldom-routes.js';
import { trainingRoutes } from './training/routes.js';

/** The pages of the offices; fetched when one of them is first asked for, so that a citizen's way carries none of their rows. */
export const officeRoutes: AppRoute[] = [
  ...seldomRoutes,

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
    path: '/working-hours',
    frame: 'staff',
    roles: ['mediator'],
    words: ['times', 'meetings', 'calendar'],
    page: () => import('./times/working-hours-page.js').then((it) => it.WorkingHoursPage),
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
    words: ['choosing'],
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
    path: '/desk/receiving',
    frame: 'staff',
    roles: ['coordinator'],
    words: ['house', 'auth'],
    page: () => import('./desk/receive-page.js').then((it) => it.ReceivePage),
  },
  {
    path: '/house',
    frame: 'question',
    roles: ['citizen'],
    words: ['house', 'auth'],
    page: () => import('./house/welcome-page.js').then((it) => it.WelcomePage),
  },
  {
    path: '/house/slip',
    frame: 'question',
    roles: ['citizen'],
    words: ['house'],
    page: () => import('./house/slip-page.js').then((it) => it.SlipPage),
  },
  {
    path: '/house/over',
    frame: 'plain',
    words: ['house'],
    page: () => import('./house/over-page.js').then((it) => it.OverPage),
  },
  {
    path: '/desk/imports',
    frame: 'staff',
    roles: ['coordinator'],
    page: () => import('./desk/imports-page.js').then((it) => it.ImportsPage),
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
    path: '/desk/notices/templates',
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

  ...registerRoutes,
  ...trainingRoutes,

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
  {
    path: '/court/register',
    frame: 'staff',
    roles: ['court'],
    nav: 'parts.nav.courtRegister',
    words: ['court', 'states', 'reports'],
    page: () => import('./court/register-page.js').then((it) => it.RegisterPage),
  },

  // The council's, and every office's
  {
    path: '/council',
    frame: 'staff',
    roles: ['council', 'coordinator', 'court', 'administrator'],
    nav: 'parts.nav.reports',
    words: ['reports', 'court'],
    page: () => import('./council/pages.js').then((it) => it.ReportPage),
  },

  {
    path: '/council/meetings',
    frame: 'staff',
    roles: ['council', 'coordinator'],
    nav: 'parts.nav.council',
    words: ['council', 'reports'],
    page: () => import('./council/meetings-page.js').then((it) => it.CouncilMeetingsPage),
  },
  {
    path: '/council/events',
    frame: 'staff',
    roles: ['council', 'coordinator'],
    nav: 'parts.nav.events',
    words: ['council', 'reports'],
    page: () => import('./council/house-events-page.js').then((it) => it.HouseEventsPage),
  },
  {
    path: '/council/memoranda',
    frame: 'staff',
    roles: ['council', 'coordinator'],
    nav: 'parts.nav.memoranda',
    words: ['council'],
    page: () => import('./council/memoranda-page.js').then((it) => it.MemorandaPage),
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
    path: '/admin/imports',
    frame: 'staff',
    roles: ['administrator'],
    nav: 'parts.nav.registers',
    words: ['desk'],
    page: () => import('./admin/imports-page.js').then((it) => it.RegisterImportsPage),
  },
  {
    path: '/admin/delivery',
    frame: 'staff',
    roles: ['administrator'],
    nav: 'parts.nav.delivery',
    page: () => import('./admin/delivery-page.js').then((it) => it.DeliveryPage),
  },
  ...safekeepingRoutes,
];
