import { timingSafeEqual } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Config, DomainError, type KeyedHash } from '#platform';

const keptForMs = 24 * 3_600_000;
const path = '/api/invitation';

/**
 * Which invitation this browser has shown the code of. The code itself leaves the address and the page at once; what stays is its
 * invitation's id with an end, bound by a keyed hash, where no script reads it. It opens nothing else and goes to no other path.
 */
export function giveInvitation(reply: FastifyReply, config: Config, hashes: KeyedHash, id: string, now: Date) {
  const until = String(now.getTime() + keptForMs);
  const { name, secure } = cookie(config);
  const value = `${id}.${until}.${mark(hashes, id, until)}`;
  void reply.setCookie(name, value, { path, httpOnly: true, sameSite: 'lax', secure, maxAge: keptForMs / 1000 });
}

/** The id, or the answer that every unusable code gets. */
export function invitationIn(request: FastifyRequest, config: Config, hashes: KeyedHash, now: Date): string {
  const [id = '', until = '', shown = ''] = (request.cookies[cookie(config).name] ?? '').split('.');
  const expected = mark(hashes, id, until);
  const isOurs = shown.length === expected.length && timingSafeEqual(Buffer.from(shown), Buffer.from(expected));
  if (!isOurs || Number(until) < now.getTime()) throw new DomainError('invitation.unusable');
  return id;
}

const mark = (hashes: KeyedHash, id: string, until: string) => hashes.of('invitation_cookie', `${id}.${until}`).toString('base64url');

/** The prefix makes browsers refuse it without TLS (RFC 6265bis); on this machine there is none. */
function cookie({ WEB_ORIGIN }: Config) {
  const secure = WEB_ORIGIN.every((origin) => origin.startsWith('https:'));
  return { name: `${secure ? '__Secure-' : ''}kelisim-invitation`, secure };
}
