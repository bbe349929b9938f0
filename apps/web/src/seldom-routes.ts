import type { AppRoute } from './routes.js';

/** Pages for everybody that few open: they come with the offices' rows, so that the way of an application does not carry theirs. */
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
    path: '/apply/:caseId/elsewhere',
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
];
