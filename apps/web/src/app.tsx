import { type ComponentType, lazy } from 'react';
import { matchPath, Route, Routes } from 'react-router';
import { Frame } from './layout/frame.js';
import { NotFoundPage } from './layout/not-found-page.js';
import { type AppRoute, routes } from './routes.js';
import { fetchWords } from './words.js';

/** Each page is its own file, fetched with its words when it is first opened; Mantine comes along with the staff's pages. */
const pages = routes.map((route) => {
  const load = once(() => fetchPage(route));
  return { ...route, load, Page: lazy(async () => ({ default: await load() })) };
});

async function fetchPage({ page, frame, words = [] }: AppRoute): Promise<ComponentType> {
  const [Page] = await Promise.all([frame === 'staff' ? inMantine(page) : page(), fetchWords(words)]);
  return Page;
}

async function inMantine(page: AppRoute['page']): Promise<ComponentType> {
  const [Page, { WithMantine }] = await Promise.all([page(), import('./theme/mantine.js')]);
  return () => (
    <WithMantine>
      <Page />
    </WithMantine>
  );
}

function once<T>(load: () => Promise<T>): () => Promise<T> {
  let loaded: Promise<T> | undefined;
  return () => (loaded ??= load());
}

/** Asks for the page of an address while the words are still on their way: one turn less on a slow line. */
export function hurry(pathname: string) {
  void pages
    .find(({ path }) => matchPath(path, pathname))
    ?.load()
    .catch(() => undefined);
}

export function App() {
  return (
    <Routes>
      {pages.map(({ Page, ...route }) => (
        <Route
          key={route.path}
          path={route.path}
          element={
            <Frame route={route}>
              <Page />
            </Frame>
          }
        />
      ))}
      <Route path="*" element={<NotFoundPage framed />} />
    </Routes>
  );
}
