import { type ComponentType, type LazyExoticComponent, lazy, type ReactNode } from 'react';
import { Route, Routes } from 'react-router';
import { Frame } from './layout/frame.js';
import type { AppRoute } from './routes.js';
import { beNewIfThereIsOne } from './new-build.js';
import { fetchWords, patiently } from './words.js';

export type LazyPage = AppRoute & { load: () => Promise<ComponentType>; Page: LazyExoticComponent<ComponentType> };

/** Each page is its own file, fetched with its words when it is first opened; Mantine comes along with the staff's pages. */
export function lazyPage(route: AppRoute): LazyPage {
  let loaded: Promise<ComponentType> | undefined;
  const load = () =>
    (loaded ??= patiently(() => fetchPage(route)).catch(async (lost: unknown) => {
      loaded = undefined;
      await beNewIfThereIsOne();
      throw lost;
    }));
  return { ...route, load, Page: lazy(async () => ({ default: await load() })) };
}

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

/** The page of the address among these, in its frame; `otherwise` for an address that none of them has. */
export function Pages({ of, otherwise }: { of: LazyPage[]; otherwise: ReactNode }) {
  return (
    <Routes>
      {of.map(({ Page, ...route }) => (
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
      <Route path="*" element={otherwise} />
    </Routes>
  );
}
