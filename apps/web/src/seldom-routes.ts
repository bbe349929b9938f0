import type { AppRoute } from './routes.js';

const participants = ['citizen', 'mediator'] as const;

/** Pages that few open: they come with the offices' rows, so that the way of an application does not carry theirs. */
export const seldomRoutes: AppRoute[] = [
  {
    path: '/trainings',
    frame: 'public',
    words: ['training', 'mediators'],
    page: () => import('./training/trainings-page.js').then((it) => it.TrainingsPage),
  },
  {
    path: '/mediators/:id',
    frame: 'public',
    words: ['mediators'],
    page: () => import('./public/mediator-page.js').then((it) => it.MediatorPage),
  },
  {
    path: '/scorecard',
    frame: 'public',
    page: () => import('./council/pages.js').then((it) => it.ScorecardPage),
  },
  { path: '/audit', frame: 'public', words: ['audit'], page: () => import('./public/audit-page.js').then((it) => it.AuditPage) },
  {
    path: '/staff-invitation/:code?',
    frame: 'question',
    words: ['auth'],
    page: () => import('./auth/staff-invitation-page.js').then((it) => it.StaffInvitationPage),
  },
  {
    path: '/unsubscribe/:token',
    frame: 'question',
    words: ['centre'],
    page: () => import('./notices/unsubscribe-page.js').then((it) => it.UnsubscribePage),
  },
  {
    path: '/elsewhere/:caseId',
    frame: 'question',
    roles: ['citizen'],
    words: ['application'],
    page: () => import('./application/elsewhere-page.js').then((it) => it.ElsewherePage),
  },
  {
    path: '/resume/:codeId',
    frame: 'question',
    words: ['auth'],
    page: () => import('./auth/resume-with-code-page.js').then((it) => it.ResumeWithCodePage),
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
    path: '/calendar-feed',
    frame: 'cabinet',
    roles: participants,
    words: ['times', 'meetings'],
    page: () => import('./times/feed-page.js').then((it) => it.FeedPage),
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
    path: '/cases/:caseId/end',
    frame: 'cabinet',
    roles: participants,
    page: () => import('./papers/end-page.js').then((it) => it.EndPage),
  },
];
