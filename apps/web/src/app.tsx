import { type ComponentType, lazy } from 'react';
import { Route, Routes } from 'react-router';
import { Frame } from './layout/frame.js';
import { NotFoundPage } from './layout/not-found-page.js';
import { type AppRoute, routes } from './routes.js';

/** Each page is its own file, fetched when it is first opened; Mantine comes along with the staff's pages. */
const pages: (AppRoute & { Page: ComponentType })[] = routes.map((route) => ({
  ...route,
  Page: lazy(async () => ({ default: route.frame === 'staff' ? await inMantine(route.page) : await route.page() })),
}));

async function inMantine(page: AppRoute['page']): Promise<ComponentType> {
  const [Page, { WithMantine }] = await Promise.all([page(), import('./theme/mantine.js')]);
  return () => (
    <WithMantine>
      <Page />
    </WithMantine>
  );
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
