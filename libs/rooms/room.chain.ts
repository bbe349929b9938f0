import { createHash } from 'node:crypto';
import type { MessageView, RoomExport } from '#contract';

/**
 * A chain over a room's messages: SHA-256 of the hash before and of the message as canonical JSON (a JSON array of its fields, in this
 * order, UTF-8, no spaces; the ids of its files last, if it carries any). Whoever could see the same messages gets the same last hash; a changed, left out or moved message breaks it.
 */
export const hashOf = (previous: string, m: MessageView): string =>
  createHash('sha256')
    .update(previous)
    .update(
      JSON.stringify([
        m.roomId,
        m.seq,
        m.id,
        m.authorId,
        m.postedAt,
        m.replyTo ?? null,
        m.editedAt ?? null,
        m.isRetracted ?? false,
        m.body,
        m.released ?? null,
        ...(m.files ? [m.files.map(({ id }) => id)] : []),
      ]),
    )
    .digest('hex');

export const begin = '0'.repeat(64);

export function chained(messages: MessageView[]): { messages: RoomExport['messages']; head: string } {
  let head = begin;
  const links = messages.map((message) => {
    head = hashOf(head, message);
    return { ...message, hash: head };
  });
  return { messages: links, head };
}

/** The first place where an exported room does not hold together, or null. */
export function brokenAt({ messages, head }: Pick<RoomExport, 'messages' | 'head'>): number | null {
  let at = begin;
  for (const [index, { hash, ...message }] of messages.entries()) {
    at = hashOf(at, message);
    if (at !== hash || message.seq !== index + 1) return index + 1;
  }
  return at === head ? null : messages.length + 1;
}
