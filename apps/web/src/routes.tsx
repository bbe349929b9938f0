import type { ComponentType } from 'react';
import { type Role, roles } from '#contract';
import type { Area, TextKey } from '#language';
import { caseRoutes } from './case-routes.js';

/**
 * Every page: its address, who it is for, what stands around it, its line in the menu and the file it comes from.
 * Add a row to add a page; `page` is fetched when the page is first opened, so a row costs the filing path nothing.
 */
export type AppRoute = {
  path: string;
  /** `start` and `public`: full head, help and foot. `question`: no menu. `plain`: nor ornament, nor anything that tells what the page is about. `cabinet`: a citizen's pages. `staff`: no ornament, slim foot. `room`: the page draws its own head. */
  frame: 'start' | 'public' | 'question' | 'plain' | 'cabinet' | 'staff' | 'room';
  /** Nobody named: everybody, signed in or not. */
  roles?: readonly Role[];
  /** Where the same address leads people of another role: a link in a mail is one for all who get it. */
  elsewhere?: Partial<Record<Role, string>>;
  /** In the menu of these roles, or of visitors when no roles are named. */
  nav?: TextKey<'parts'>;
  /** Areas of words the page uses, fetched along with it; without this they come one turn later. */
  words?: readonly Area[];
  page: () => Promise<ComponentType>;
};

export const routes: AppRoute[] = [
  { path: '/', frame: 'start', words: ['start'], page: () => import('./public/start-page.js').then((it) => it.StartPage) },
  {
    path: '/about',
    frame: 'public',
    nav: 'parts.nav.about',
    words: ['about', 'start', 'warnings'],
    page: () => import('./public/about-page.js').then((it) => it.AboutPage),
  },
  {
    path: '/mediators',
    frame: 'public',
    nav: 'parts.nav.mediators',
    words: ['mediators'],
    page: () => import('./public/mediators-page.js').then((it) => it.MediatorsPage),
  },
  {
    path: '/warnings',
    frame: 'public',
    nav: 'parts.nav.warnings',
    words: ['warnings'],
    page: () => import('./public/warnings-page.js').then((it) => it.WarningsPage),
  },
  {
    path: '/check',
    frame: 'public',
    nav: 'parts.nav.check',
    words: ['about'],
    page: () => import('./public/check-page.js').then((it) => it.CheckPage),
  },
  {
    path: '/privacy',
    frame: 'public',
    words: ['about', 'audit'],
    page: () => import('./public/privacy-page.js').then((it) => it.PrivacyPage),
  },
  {
    path: '/accessibility',
    frame: 'public',
    words: ['about'],
    page: () => import('./public/accessibility-page.js').then((it) => it.AccessibilityPage),
  },
  { path: '/reader', frame: 'public', words: ['people'], page: () => import('./public/reader-page.js').then((it) => it.ReaderPage) },

  // Signing in
  { path: '/sign-in', frame: 'question', words: ['auth'], page: () => import('./auth/sign-in-page.js').then((it) => it.SignInPage) },
  {
    path: '/sign-in/password',
    frame: 'question',
    words: ['auth'],
    page: () => import('./auth/password-page.js').then((it) => it.PasswordPage),
  },
  {
    path: '/sign-in/second-factor',
    frame: 'question',
    words: ['auth'],
    page: () => import('./auth/second-factor-page.js').then((it) => it.SecondFactorPage),
  },
  {
    path: '/second-factor',
    frame: 'question',
    words: ['auth'],
    page: () => import('./auth/set-second-factor-page.js').then((it) => it.SetSecondFactorPage),
  },
  { path: '/password', frame: 'question', words: ['auth'], page: () => import('./auth/reset-page.js').then((it) => it.ResetPage) },
  { path: '/register', frame: 'question', words: ['auth'], page: () => import('./auth/register-page.js').then((it) => it.RegisterPage) },
  { path: '/role', frame: 'public', words: ['auth'], page: () => import('./auth/role-page.js').then((it) => it.RolePage) },

  // Is mediation for me
  {
    path: '/triage',
    frame: 'question',
    words: ['triage'],
    page: () => import('./triage/triage-page.js').then((it) => it.TriagePage),
  },
  {
    path: '/triage/end',
    frame: 'question',
    words: ['triage', 'warnings'],
    page: () => import('./triage/triage-end-page.js').then((it) => it.TriageEndPage),
  },
  {
    path: '/triage/safety',
    frame: 'plain',
    words: ['triage'],
    page: () => import('./triage/triage-page.js').then((it) => it.TriagePage),
  },
  {
    path: '/triage/:question',
    frame: 'question',
    words: ['triage'],
    page: () => import('./triage/triage-page.js').then((it) => it.TriagePage),
  },

  // The application
  {
    path: '/apply',
    frame: 'question',
    words: ['application', 'warnings'],
    page: () => import('./application/begin-page.js').then((it) => it.BeginPage),
  },
  {
    path: '/apply/new',
    frame: 'question',
    roles: ['citizen', 'coordinator'],
    page: () => import('./application/open-draft-page.js').then((it) => it.OpenDraftPage),
  },
  {
    path: '/apply/:caseId',
    frame: 'question',
    roles: ['citizen', 'coordinator'],
    page: () => import('./application/resume-page.js').then((it) => it.ResumePage),
  },
  {
    path: '/apply/:caseId/check',
    frame: 'question',
    roles: ['citizen', 'coordinator'],
    words: ['application', 'auth'],
    page: () => import('./application/check-answers-page.js').then((it) => it.CheckAnswersPage),
  },
  {
    path: '/apply/:caseId/sent',
    frame: 'cabinet',
    roles: ['citizen', 'coordinator'],
    words: ['application', 'states'],
    page: () => import('./application/sent-page.js').then((it) => it.SentPage),
  },
  {
    path: '/apply/:caseId/safety',
    frame: 'plain',
    roles: ['citizen', 'coordinator'],
    words: ['application', 'auth'],
    page: () => import('./application/question-step-page.js').then((it) => it.QuestionStepPage),
  },
  {
    path: '/apply/:caseId/:step',
    frame: 'question',
    roles: ['citizen', 'coordinator'],
    words: ['application', 'auth'],
    page: () => import('./application/question-step-page.js').then((it) => it.QuestionStepPage),
  },

  // A party's cases
  {
    path: '/cases',
    frame: 'cabinet',
    roles: ['citizen'],
    nav: 'parts.nav.cases',
    words: ['case', 'states'],
    page: () => import('./cases/cases-page.js').then((it) => it.CasesPage),
  },
  {
    path: '/cases/:caseId',
    frame: 'cabinet',
    roles: ['citizen'],
    elsewhere: { mediator: '/mediator/cases/:caseId', coordinator: '/desk/cases/:caseId', court: '/court/cases/:caseId' },
    words: ['case', 'states', 'events', 'conflicts', 'choosing'],
    page: () => import('./cases/case-page.js').then((it) => it.CasePage),
  },

  // A question to a mediator on duty
  {
    path: '/consultation',
    frame: 'question',
    words: ['consultation'],
    page: () => import('./consultation/ask-page.js').then((it) => it.AskPage),
  },
  {
    path: '/consultations',
    frame: 'cabinet',
    roles: ['citizen'],
    elsewhere: { mediator: '/mediator', coordinator: '/desk/duty' },
    nav: 'parts.nav.consultations',
    words: ['consultation'],
    page: () => import('./consultation/list-page.js').then((it) => it.ConsultationsPage),
  },
  {
    path: '/consultations/:id',
    frame: 'room',
    roles: ['citizen', 'mediator'],
    words: ['consultation', 'rooms', 'files'],
    page: () => import('./consultation/room-page.js').then((it) => it.ConsultationRoomPage),
  },

  ...caseRoutes,

  // One's own account
  {
    path: '/profile',
    frame: 'cabinet',
    roles,
    nav: 'parts.nav.profile',
    words: ['people', 'auth', 'centre'],
    page: () => import('./people/profile-page.js').then((it) => it.ProfilePage),
  },
  {
    path: '/profile/contact',
    frame: 'cabinet',
    roles,
    words: ['people', 'auth'],
    page: () => import('./people/contact-page.js').then((it) => it.ContactPage),
  },
  {
    path: '/profile/notices',
    frame: 'cabinet',
    roles,
    words: ['centre'],
    page: () => import('./notices/settings-page.js').then((it) => it.NoticeSettingsPage),
  },
  {
    path: '/sessions',
    frame: 'cabinet',
    roles,
    words: ['people'],
    page: () => import('./people/sessions-page.js').then((it) => it.SessionsPage),
  },

  // The letter to the invited party
  {
    path: '/invitation',
    frame: 'question',
    words: ['invited', 'start'],
    page: () => import('./invited/invitation-page.js').then((it) => it.InvitationPage),
  },
  {
    path: '/invitation/consent',
    frame: 'question',
    words: ['invited', 'auth', 'application'],
    page: () => import('./invited/consent-page.js').then((it) => it.ConsentPage),
  },
  {
    path: '/invitation/decline',
    frame: 'question',
    words: ['invited', 'auth'],
    page: () => import('./invited/decline-page.js').then((it) => it.DeclinePage),
  },
  {
    path: '/i',
    frame: 'question',
    words: ['invited', 'start'],
    page: () => import('./invited/letter-page.js').then((it) => it.LetterPage),
  },
  {
    path: '/i/:code',
    frame: 'question',
    words: ['invited', 'start'],
    page: () => import('./invited/letter-page.js').then((it) => it.LetterPage),
  },
];

let offices: Promise<AppRoute[]> | undefined;
/** The rows of the offices' pages, fetched once. */
export const officeRoutes = () => (offices ??= import('./office-routes.js').then((it) => it.officeRoutes));
