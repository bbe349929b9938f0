import { lazy, Suspense } from 'react';
import { matchPath } from 'react-router';
import { NotFoundPage } from './layout/not-found-page.js';
import { type LazyPage, lazyPage, Pages } from './pages.js';
import { Waiting } from './parts/waiting.js';
import { officeRoutes, routes } from './routes.js';

const pages = routes.map(lazyPage);

let offices: Promise<LazyPage[]> | undefined;
const officePages = () => (offices ??= officeRoutes().then((rows) => rows.map(lazyPage)));

const Offices = lazy(async () => {
  const of = await officePages();
  return { default: () => <Pages of={of} otherwise={<NotFoundPage framed />} /> };
});

const at = (pathname: string) => (page: LazyPage) => matchPath(page.path, pathname);

/** Asks for the page of an address while the words are still on their way: one turn less on a slow line. */
export function hurry(pathname: string) {
  const asked = pages.find(at(pathname))?.load() ?? officePages().then((of) => of.find(at(pathname))?.load());
  void asked.catch(() => undefined);
}

export function App() {
  return (
    <Pages
      of={pages}
      otherwise={
        <Suspense fallback={<Waiting />}>
          <Offices />
        </Suspense>
      }
    />
  );
}
