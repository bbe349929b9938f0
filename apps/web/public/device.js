/*
 * The service worker of a device that is somebody's own. It shows that something has come, and opens the cabinet without a line: it keeps the
 * page and its files, which are the same for everybody. What the cabinet answers about anybody (/api/) never passes through it.
 */
const shelf = 'kelisim-shell';

self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

/** One after another: what is forgotten is not put there again by what was being kept meanwhile. */
let work = Promise.resolve();
self.addEventListener('message', (event) => {
  const { keep: files, forget } = event.data ?? {};
  const task = files ? () => keep(files) : forget ? () => caches.delete(shelf) : null;
  if (task) event.waitUntil((work = work.then(task).catch(() => undefined)));
});

/** A new build brings a new page: what the old one needed goes. */
async function keep(files) {
  const page = await fetch('/', { cache: 'no-cache' });
  if (!page.ok) return;
  const kept = await caches.open(shelf);
  const before = await kept.match('/');
  if (before && (await before.text()) !== (await page.clone().text())) for (const old of await kept.keys()) await kept.delete(old);
  await kept.put('/', page);
  for (const file of files) if (!(await kept.match(file))) await kept.add(file).catch(() => undefined);
}

self.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== self.location.origin || pathname.startsWith('/api/')) return;
  if (request.mode === 'navigate') event.respondWith(fetch(request).catch(() => shelved('/')));
  else if (pathname.startsWith('/assets/') || /^\/[\w-]+\.(svg|png|webmanifest)$/.test(pathname))
    event.respondWith(caches.match(request, { cacheName: shelf }).then((found) => found ?? fetch(request)));
});

const shelved = async (path) => (await caches.match(path, { cacheName: shelf })) ?? Response.error();

self.addEventListener('push', (event) => {
  const { title = 'Kelisim', body = '', lang = 'kk', open = '/notices' } = event.data?.json() ?? {};
  event.waitUntil(self.registration.showNotification(title, { body, lang, tag: 'kelisim', icon: '/favicon.svg', data: { open } }));
});

self.addEventListener('notificationclick', (event) => {
  event.notification.close();
  const { pathname } = new URL(event.notification.data?.open ?? '/notices', self.location.origin);
  event.waitUntil(shown(pathname));
});

async function shown(path) {
  const [open] = await self.clients.matchAll({ type: 'window' });
  if (!open) return self.clients.openWindow(path);
  await open.focus();
  return open.navigate(path);
}
