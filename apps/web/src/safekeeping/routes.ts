import type { AppRoute } from '../routes.js';

const administrators = { frame: 'staff', roles: ['administrator'], words: ['safekeeping'] } as const satisfies Partial<AppRoute>;

/** Openings of cases, incidents, witnesses of the roots, drills. */
export const safekeepingRoutes: AppRoute[] = [
  {
    ...administrators,
    path: '/admin/safekeeping',
    nav: 'parts.nav.safekeeping',
    page: () => import('./hub-page.js').then((it) => it.SafekeepingPage),
  },
  {
    ...administrators,
    path: '/admin/safekeeping/openings',
    page: () => import('./openings-page.js').then((it) => it.OpeningsPage),
  },
  {
    ...administrators,
    path: '/admin/safekeeping/openings/:openingId',
    words: ['safekeeping', 'states', 'events'],
    page: () => import('./opening-page.js').then((it) => it.OpeningPage),
  },
];
