import type { EntityManager } from 'typeorm';
import { MessageFile } from '#contract';
import { filesByIds, toFileView } from '#files';
import { DomainError, type Keys } from '#platform';

/** Files of messages as their readers see them; row-level security leaves nothing of the others. */
export async function carried(tx: EntityManager, keys: Keys, ids: string[]): Promise<MessageFile[]> {
  const files: MessageFile[] = [];
  for (const row of await filesByIds(tx, ids)) files.push(MessageFile.parse(await toFileView(tx, keys, row))); // frames of sockets are shaped by nobody else
  return files;
}

/**
 * Gives one's own files of a room to a message that is about to be posted there. A message that is there already takes no more of them: it
 * was judged as it was, and who may not write now would show a file by an old one.
 */
export async function carry(
  tx: EntityManager,
  keys: Keys,
  { roomId, clientId }: { roomId: string; clientId: string },
  asked: string[],
): Promise<MessageFile[]> {
  const ids = [...new Set(asked.map((id) => id.toLowerCase()))].toSorted();
  await tx.query(
    `UPDATE files SET client_id = $3 WHERE id = ANY($1) AND room_id = $2 AND owner_id = current_person() AND deleted_at IS NULL
       AND NOT EXISTS (SELECT 1 FROM messages m WHERE m.room_id = $2 AND m.author_id = current_person() AND m.client_id IN ($3, files.client_id))`,
    [ids, roomId, clientId],
  );
  const [given] = (await tx.query(
    'SELECT count(*)::int AS count FROM files WHERE id = ANY($1) AND room_id = $2 AND owner_id = current_person() AND client_id = $3',
    [ids, roomId, clientId],
  )) as [{ count: number }];
  if (given.count < ids.length) throw new DomainError('message.file_unknown');
  return carried(tx, keys, ids);
}
