import type { Page } from '../rules/templates.js';

/** The House's help line, as it stands in every message. */
export const helpPhone = '+7 700 000 09 99';

const paths: Record<Exclude<Page, 'none'>, (of: { caseId: string | null; code: string }) => string> = {
  case: ({ caseId }) => (caseId ? `/cases/${caseId}` : '/'),
  offers: () => '/offers',
  cases: () => '/cases',
  guest: () => '/guest',
  complaints: () => '/complaints',
  consultations: () => '/consultations',
  centre: () => '/notices',
  profile: () => '/profile',
  reports: () => '/council',
  invitation: ({ code }) => `/i/${code}`,
  sign_in: () => '/sign-in',
  staff: ({ code }) => `/staff-invitation/${code}`,
  council: () => '/council/meetings',
  audit: () => '/audit',
  incidents: () => '/admin/safekeeping/incidents',
  drills: () => '/admin/safekeeping/drills',
  trainings: () => '/mediator/trainings',
  entry: () => '/mediator/entry',
  register: () => '/desk/register',
  meeting: ({ caseId }) => (caseId ? `/m/${caseId}` : '/m'),
};

/** Addresses of this site as they are followed, and as they are typed from paper or a telephone: without the scheme, at most 20 characters. */
export class Addresses {
  private readonly shown: string;

  constructor(private readonly origin: string) {
    this.shown = origin.replace(/^https?:\/\//, '');
  }

  /** Where a button leads. */
  of(page: Exclude<Page, 'none'>, caseId: string | null, code = ''): string {
    return this.origin + paths[page]({ caseId, code });
  }

  /** What a hand types: an invitation is found by its code on /i, everything else after signing in. */
  typed(page: Page): string {
    return page === 'invitation' ? `${this.shown}/i` : page === 'meeting' ? `${this.shown}/m` : this.shown;
  }

  get check(): string {
    return `${this.shown}/check`;
  }

  get settings(): string {
    return `${this.origin}/profile/notices`;
  }

  /** One press, and e-mails of this kind end: a GET of it only asks (RFC 8058). */
  unsubscribe(token: string): string {
    return `${this.origin}/api/unsubscriptions/${token}`;
  }

  /** What a notice on a device opens. */
  get centre(): string {
    return '/notices';
  }

  /** In a text message: a bare host is a link on a telephone, only the local mailbox needs the scheme. */
  brief(page: Page, code = ''): string {
    const base = this.origin.startsWith('https:') ? this.shown : this.origin;
    return page === 'invitation' ? `${base}/i/${code}` : page === 'meeting' ? `${base}/m` : base;
  }
}
