import type { AppRoute } from '../routes.js';

/** Trainings: a mediator's own, and the desk's. */
export const trainingRoutes: AppRoute[] = [
  {
    path: '/mediator/trainings',
    frame: 'staff',
    roles: ['mediator'],
    words: ['training', 'mediators'],
    page: () => import('./my-trainings-page.js').then((it) => it.MyTrainingsPage),
  },
  {
    path: '/desk/trainings',
    frame: 'staff',
    roles: ['coordinator'],
    nav: 'parts.nav.training',
    words: ['training', 'mediators'],
    page: () => import('./desk-trainings-page.js').then((it) => it.DeskTrainingsPage),
  },
  {
    path: '/desk/trainings/:id',
    frame: 'staff',
    roles: ['coordinator'],
    words: ['training', 'mediators'],
    page: () => import('./training-people-page.js').then((it) => it.TrainingPeoplePage),
  },
];
