import type { FastifyReply, FastifyRequest } from 'fastify';
import { type From, networkOf, type Opened, sessionCookie } from '#people';
import type { Config } from '#platform';

/** How long a browser on one's own device keeps the cookie; how long it opens anything is the session's matter. */
const keptFor = 365 * 86_400;

/** What the page reads; the token goes into a cookie that no script can read, and nowhere else. */
export function giveSession(reply: FastifyReply, config: Config, { token, session }: Opened) {
  const name = sessionCookie(config);
  void reply.setCookie(name, token, { ...attributes(name), ...(session.ownDevice ? { maxAge: keptFor } : {}) });
  return session;
}

export function takeSession(reply: FastifyReply, config: Config) {
  const name = sessionCookie(config);
  void reply.setCookie(name, '', { ...attributes(name), maxAge: 0 });
}

export const tokenOf = (request: FastifyRequest, config: Config): string | undefined => request.cookies[sessionCookie(config)];

const attributes = (name: string) => ({ path: '/', httpOnly: true, sameSite: 'lax' as const, secure: name.startsWith('__Host-') });

export const fromOf = (request: FastifyRequest): From => ({
  network: networkOf(request.ip),
  device: deviceOf(request.headers['user-agent'] ?? ''),
});

const browsers = [
  ['Edge', /Edg/],
  ['Opera', /OPR\//],
  ['Yandex', /YaBrowser/],
  ['Samsung Internet', /SamsungBrowser/],
  ['Firefox', /Firefox|FxiOS/],
  ['Chrome', /Chrome|CriOS/],
  ['Safari', /Safari/],
] as const;
const systems = [
  ['Android', /Android/],
  ['iOS', /iPhone|iPad/],
  ['Windows', /Windows/],
  ['macOS', /Mac OS X/],
  ['Linux', /Linux/],
] as const;

/** "Firefox, Android": enough to know one's own device by, and no fingerprint. */
function deviceOf(agent: string): string {
  const known = (list: readonly (readonly [string, RegExp])[]) => list.find(([, mark]) => mark.test(agent))?.[0];
  return [known(browsers), known(systems)].filter(Boolean).join(', ');
}
