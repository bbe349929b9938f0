import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { FileView, type MessageFile, type RoomView } from '#contract';
import { call } from '../api.js';
import { Failure } from '../parts/failure.js';
import { useRoomName } from '../rooms/room-words.js';
import { useText } from '../words.js';
import styles from './files.module.css';

type Props = { file: MessageFile; rooms: RoomView[]; selfId: string; onCancel: () => void };

/** One's own file into another of one's rooms: which, and that it cannot be taken back. */
export function LetInto({ file, rooms, selfId, onCancel }: Props) {
  const t = useText('files');
  const nameOf = useRoomName(selfId);
  const cache = useQueryClient();
  const question = useRef<HTMLParagraphElement>(null);
  useEffect(() => question.current?.focus(), []);
  const letting = useMutation({
    mutationFn: (room: RoomView) => call(FileView, `/files/${file.id}/audience`, { method: 'PUT', body: { roomId: room.id } }),
    onSuccess: (_, room) => cache.invalidateQueries({ queryKey: ['room-files', room.id] }),
  });
  if (letting.isSuccess)
    return (
      <p className="small">
        <output>{t('files.letInto.done', { name: file.name, room: nameOf(letting.variables) })}</output>
      </p>
    );
  return (
    <div className={styles.acts}>
      {/* the act that was pressed is gone: the question takes its place, also for who hears the page */}
      <p className="small" tabIndex={-1} ref={question}>
        {t('files.letInto.sure', { name: file.name })}
      </p>
      {rooms.map((room) => (
        <button key={room.id} type="button" className={styles.act} disabled={letting.isPending} onClick={() => letting.mutate(room)}>
          {nameOf(room)}
        </button>
      ))}
      <button type="button" className={styles.act} onClick={onCancel}>
        {t('common.cancel')}
      </button>
      {letting.isError && <Failure of={letting.error} />}
    </div>
  );
}
