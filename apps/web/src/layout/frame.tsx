import { lazy, type ReactNode, Suspense, useEffect, useRef } from 'react';
import { generatePath, Navigate, useLocation, useParams } from 'react-router';
import { IconLogout2 } from '@tabler/icons-react';
import { Banner } from '../parts/banner.js';
import { HelpBlock } from '../parts/help-block.js';
import { OrnamentLine } from '../parts/ornament-line.js';
import { Waiting } from '../parts/waiting.js';
import type { AppRoute } from '../routes.js';
import { gateOf, lostByEnd, useIsUnanswered, useSession } from '../session.js';
import { useText } from '../words.js';
import { Boundary } from './boundary.js';
import { endEarly } from './early.js';
import { Foot, SlimFoot } from './foot.js';
import styles from './frame.module.css';
import { Header } from './header.js';
import { NotFoundPage } from './not-found-page.js';

const OfflinePage = lazy(() => import('./offline-page.js').then((it) => ({ default: it.OfflinePage })));
const OwnDevice = lazy(() => import('../rooms/own-device.js').then((it) => ({ default: it.OwnDevice })));

/** Fetched by those who may have begun an application. */
const Unsent = lazy(() => import('../cases/unsent.js').then((it) => ({ default: it.Unsent })));

/** Fetched on the House's own computer alone. */
const HouseBar = lazy(() => import('../house/house-bar.js').then((it) => ({ default: it.HouseBar })));

type Props = { route: Pick<AppRoute, 'frame' | 'roles' | 'elsewhere'>; children: ReactNode };

/** What stands around a page: head, the one `main`, help and foot, as the kind of page asks. */
export function Frame({ route: { frame, roles, elsewhere = {} }, children }: Props) {
  const t = useText();
  const { pathname } = useLocation();
  const session = useSession();
  const seen = useRef(pathname);
  useEffect(() => {
    if (seen.current !== pathname && !location.hash) window.scrollTo(0, 0);
    seen.current = pathname;
  }, [pathname]);

  useEffect(() => {
    if (frame !== 'room') endEarly();
  }, [frame]);

  const deviceKey = session?.deviceKey;
  const lost = pathname === '/sign-in' ? lostByEnd() : null;
  const page = (
    <main id="main" tabIndex={-1} className={styles[frame]}>
      <div className={frame === 'start' ? undefined : 'wrap'}>
        {lost !== null && (
          <div role="alert">
            <Banner icon={IconLogout2}>
              {t('parts.ended')} {lost > 0 && t('parts.ended.lost')}
            </Banner>
          </div>
        )}
        {deviceKey && (
          <Suspense>
            <OwnDevice key={pathname} deviceKey={deviceKey} isRoom={frame === 'room'} />
          </Suspense>
        )}
        {tellsOfUnsent(frame) && (session?.role === 'citizen' || session?.role === 'coordinator') && (
          <Suspense>
            <Unsent session={session} isStart={frame === 'start'} />
          </Suspense>
        )}
        <Boundary key={pathname}>
          <Suspense fallback={<Waiting />}>{roles ? <OnlyFor {...{ roles, elsewhere }}>{children}</OnlyFor> : children}</Suspense>
        </Boundary>
      </div>
    </main>
  );
  return (
    <>
      <a className={styles.skip} href="#main">
        {t('parts.skip')}
      </a>
      {frame !== 'room' && <Header nav={frame !== 'question' && frame !== 'plain'} />}
      {session?.atHouse && (
        <Suspense>
          <HouseBar />
        </Suspense>
      )}
      {page}
      {hasOrnament(frame) && <OrnamentLine />}
      {isSlim(frame) ? <SlimFoot /> : <HelpBlock />}
      {!isSlim(frame) && <Foot />}
    </>
  );
}

const isSlim = (frame: AppRoute['frame']) => frame === 'staff' || frame === 'room' || frame === 'plain';
/** Where one question is asked nothing else stands, and an application says so itself there; a room has a head of its own. */
const tellsOfUnsent = (frame: AppRoute['frame']) => frame !== 'question' && frame !== 'plain' && frame !== 'room';
/** Once a page; the start page draws its own, under the picture. */
const hasOrnament = (frame: AppRoute['frame']) => !isSlim(frame) && frame !== 'start';

/** The server decides what anybody may see; this only spares a visitor a page of refusals. */
function OnlyFor({ roles, elsewhere, children }: Required<Pick<AppRoute, 'roles' | 'elsewhere'>> & { children: ReactNode }) {
  const session = useSession();
  const params = useParams();
  const { pathname, search } = useLocation();
  const isUnanswered = useIsUnanswered();
  if (isUnanswered) return <OfflinePage />;
  if (session === undefined) return <Waiting />;
  const gate = session === null ? '/sign-in' : gateOf(session);
  if (gate && gate !== pathname) return <Navigate replace to={`${gate}?next=${encodeURIComponent(pathname + search)}`} />;
  const other = session && elsewhere[session.role];
  if (other) return <Navigate replace to={generatePath(other, params)} />;
  return session && roles.includes(session.role) ? children : <NotFoundPage />;
}
