import { timingSafeEqual } from 'node:crypto';
import { type NoticeKind, noticeKinds } from '#contract';
import type { KeyedHash } from '#platform';
import { kindOfTemplate } from '../rules/kinds.js';
import type { Claimed } from './claims.js';

const [idBytes, macBytes] = [16, 16];

/** Whose e-mails of which kinds one press ends: nothing is stored for it, and nobody can make one up. */
export function unsubscribeToken(
  hashes: KeyedHash,
  { recipientId, template, carried }: Pick<Claimed, 'recipientId' | 'template' | 'carried'>,
) {
  const kinds = new Set([template, ...carried.map((one) => one.template)].map(kindOfTemplate));
  const bits = noticeKinds.reduce((sum, kind, at) => sum + (kinds.has(kind) ? 1 << at : 0), 0);
  const said = Buffer.concat([Buffer.from(recipientId.replaceAll('-', ''), 'hex'), Buffer.from([bits])]);
  return Buffer.concat([said, macOf(hashes, said)]).toString('base64url');
}

/** Null for what we have not written. */
export function readUnsubscribeToken(hashes: KeyedHash, token: string): { personId: string; kinds: NoticeKind[] } | null {
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== idBytes + 1 + macBytes) return null;
  const said = bytes.subarray(0, idBytes + 1);
  if (!timingSafeEqual(macOf(hashes, said), bytes.subarray(idBytes + 1))) return null;
  const personId = said.toString('hex', 0, idBytes).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
  return { personId, kinds: noticeKinds.filter((_, at) => said[idBytes]! & (1 << at)) };
}

const macOf = (hashes: KeyedHash, said: Buffer) => hashes.of('unsubscribe', said.toString('hex')).subarray(0, macBytes);
