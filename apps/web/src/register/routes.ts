import type { AppRoute } from '../routes.js';

/** The register of mediators and what belongs to it, for the desk. */
export const registerRoutes: AppRoute[] = [
  {
    path: '/desk/register',
    frame: 'staff',
    roles: ['coordinator'],
    nav: 'parts.nav.mediators',
    words: ['register', 'mediators'],
    page: () => import('./register-page.js').then((it) => it.RegisterPage),
  },
  {
    path: '/desk/register/new',
    frame: 'staff',
    roles: ['coordinator'],
    words: ['register', 'mediators'],
    page: () => import('./entry-pages.js').then((it) => it.NewEntryPage),
  },
  {
    path: '/desk/register/:mediatorId',
    frame: 'staff',
    roles: ['coordinator'],
    words: ['register', 'mediators'],
    page: () => import('./file-page.js').then((it) => it.RegisterFilePage),
  },
  {
    path: '/desk/register/:mediatorId/entry',
    frame: 'staff',
    roles: ['coordinator'],
    words: ['register', 'mediators'],
    page: () => import('./entry-pages.js').then((it) => it.CorrectEntryPage),
  },
  {
    path: '/desk/register/fairness',
    frame: 'staff',
    roles: ['coordinator'],
    words: ['register', 'mediators'],
    page: () => import('./fairness-page.js').then((it) => it.FairnessPage),
  },
  {
    path: '/desk/complaints',
    frame: 'staff',
    roles: ['coordinator'],
    nav: 'parts.nav.complaints',
    words: ['complaints'],
    page: () => import('../complaint/complaints-page.js').then((it) => it.ReceivedComplaintsPage),
  },
  {
    path: '/admin/complaints',
    frame: 'staff',
    roles: ['administrator'],
    nav: 'parts.nav.complaints',
    words: ['complaints'],
    page: () => import('../complaint/complaints-page.js').then((it) => it.ReceivedComplaintsPage),
  },
];
