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
  {
    ...administrators,
    path: '/admin/safekeeping/incidents',
    page: () => import('./incidents-page.js').then((it) => it.IncidentsPage),
  },
  {
    ...administrators,
    path: '/admin/safekeeping/incidents/:incidentId',
    page: () => import('./incident-page.js').then((it) => it.IncidentPage),
  },
  {
    ...administrators,
    path: '/admin/safekeeping/witnesses',
    page: () => import('./witnesses-page.js').then((it) => it.WitnessesPage),
  },
  {
    ...administrators,
    path: '/admin/safekeeping/drills',
    page: () => import('./drills-page.js').then((it) => it.DrillsPage),
  },
];
