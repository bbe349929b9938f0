import { IconEye, IconLogin2, IconLogout2, IconMenu2 } from '@tabler/icons-react';
import { lazy, Suspense, use, useState } from 'react';
import { Link, NavLink, useLocation, useNavigate } from 'react-router';
import { Button } from '../parts/button.js';
import { classes } from '../parts/classes.js';
import { Icon } from '../parts/icon.js';
import { officeRoutes, routes } from '../routes.js';
import { homeOf, useSession, useSignOut } from '../session.js';
import { useText } from '../words.js';
import styles from './header.module.css';
import { LanguageSwitch } from './language-switch.js';
import { Mark } from './mark.js';

/** Comes with its socket only to those who are signed in, and not on the pages where one question is asked. */
const Bell = lazy(() => import('../notices/bell.js').then((it) => ({ default: it.Bell })));

/** Mark, languages, the version for the visually impaired, signing in and out; below it the pages of this visitor's role. */
export function Header({ nav }: { nav: boolean }) {
  const t = useText();
  const { pathname } = useLocation();
  const [openAt, setOpenAt] = useState<string | null>(null);
  const open = openAt === pathname;
  const session = useSession();

  return (
    <header className={styles.head}>
      <div className={classes('wrap', styles.bar)}>
        <Mark />
        {nav && (
          <div className={styles.menu}>
            <Button tone="second" small aria-expanded={open} aria-controls="nav" onClick={() => setOpenAt(open ? null : pathname)}>
              <Icon of={IconMenu2} />
              {t('parts.menu')}
            </Button>
          </div>
        )}
        <div className={styles.tools}>
          <LanguageSwitch />
          <Link to="/reader" aria-label={t('parts.reader')} title={t('parts.reader')}>
            <Icon of={IconEye} />
            <span className={styles.long}>{t('parts.reader.short')}</span>
            <span className={styles.short} aria-hidden>
              {t('parts.reader.letters')}
            </span>
          </Link>
          {nav && session && (
            <Suspense>
              <Bell />
            </Suspense>
          )}
          <SignInOut />
        </div>
      </div>
      {nav && (
        <Suspense>
          <Nav open={open} />
        </Suspense>
      )}
    </header>
  );
}

function SignInOut() {
  const t = useText();
  const session = useSession();
  const signOut = useSignOut();
  const navigate = useNavigate();
  const { pathname } = useLocation();
  if (session === undefined || session?.atHouse) return null;
  if (session)
    return (
      <>
        {session.roles.length > 1 && (
          <Link to="/role" title={t('parts.switchRole')}>
            {t(`common.role.${session.role}`)}
          </Link>
        )}
        <button type="button" onClick={() => signOut.mutate(undefined, { onSuccess: () => void navigate('/') })}>
          <Icon of={IconLogout2} />
          {t('parts.signOut')}
        </button>
        {signOut.isError && (
          <span role="alert" className="small">
            {t('parts.signOut.offline')}
          </span>
        )}
      </>
    );
  if (pathname.startsWith('/sign-in')) return null;
  return (
    <Link to="/sign-in">
      <Icon of={IconLogin2} />
      {t('parts.signIn')}
    </Link>
  );
}

function Nav({ open }: { open: boolean }) {
  const t = useText();
  const session = useSession();
  const { pathname } = useLocation();
  const rows = session && session.role !== 'citizen' ? [...use(officeRoutes()), ...routes] : routes;
  const shown = rows.filter(({ nav, roles }) => nav && (session ? roles?.includes(session.role) : !roles));
  /** Where one stands is marked once: a page below another (/desk/places below /desk) is not its place as well. */
  const isCloser = (path: string) => shown.some((other) => other.path.startsWith(`${path}/`) && pathname.startsWith(other.path));
  if (shown.length === 0) return null;
  return (
    <nav id="nav" className={classes(styles.nav, open && styles.open)} aria-label={t('parts.menu')}>
      <div className="wrap">
        <ul>
          {shown.map(({ path, nav }) => (
            <li key={path}>
              <NavLink to={path} end={session ? isCloser(path) || (homeOf[session.role] === path && pathname === path) : true}>
                {t(nav!)}
              </NavLink>
            </li>
          ))}
        </ul>
      </div>
    </nav>
  );
}
