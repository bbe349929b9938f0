/*
 * The service worker: shows that something has come, and opens the cabinet. It answers no request and keeps nothing, so no reply of the
 * cabinet is ever cached by it.
 */
self.addEventListener('install', () => self.skipWaiting());
self.addEventListener('activate', (event) => event.waitUntil(self.clients.claim()));

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
