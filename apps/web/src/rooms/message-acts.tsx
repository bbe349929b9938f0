import { IconDots } from '@tabler/icons-react';
import { type FormEvent, lazy, Suspense, useEffect, useId, useRef, useState } from 'react';
import { editWindowMinutes, type MessageFile, type MessageView, MessageView as Message, messageLimit, type RoomView } from '#contract';
import { call, Problem } from '../api.js';
import { nowMs } from '../clock.js';
import { Button } from '../parts/button.js';
import { Icon } from '../parts/icon.js';
import { useText } from '../words.js';
import { authorOf } from './author-of.js';
import styles from './message-acts.module.css';
import type { RoomClient } from './room-client.js';
import { isMediatorIn } from './room-words.js';

/** Few let a file into another room: the others' page does not carry the way. */
const LetInto = lazy(() => import('../files/let-into.js').then((it) => ({ default: it.LetInto })));

type Props = {
  room: RoomView;
  /** All of the reader's rooms of the case: where a text may be let out to. */
  rooms: RoomView[];
  message: MessageView;
  client: RoomClient;
  selfId: string;
};

/** What can be done with a message: answer it, change or take back one's own, ask its author to share it, or answer that request. */
export function MessageActs({ room, rooms, message, client, selfId }: Props) {
  const t = useText('rooms', 'files');
  const [letting, setLetting] = useState<MessageFile | null>(null);
  const [isEditing, setEditing] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const [refusal, setRefusal] = useState<Problem['code'] | null>(null);
  const row = useRef<HTMLParagraphElement>(null);
  useEffect(() => {
    if (isOpen) row.current?.scrollIntoView({ block: 'nearest' });
  }, [isOpen]);
  const isOwn = message.authorId === selfId;
  const mayChange = isOwn && room.mayPost && !message.released && isRecent(message.postedAt);
  const elsewhere = isOwn ? rooms.filter((one) => one.id !== room.id && one.state === 'open' && one.mayPost) : [];
  const letInto = (file: MessageFile) => {
    setLetting(file);
    setOpen(false);
  };
  const target = isOwn || !isMediatorIn(room, selfId) || room.kind === 'joint' ? undefined : wayOut(room, rooms);

  const act = async (path: string, body: object, method: 'PUT' | 'POST' = 'PUT') => {
    try {
      setRefusal(null);
      client.replaced(await call(Message, path, { method, body }));
      setEditing(false);
    } catch (failure) {
      setRefusal(failure instanceof Problem ? failure.code : 'internal');
    }
  };
  const which = { seq: message.seq, version: message.version ?? 0 };
  const at = `/rooms/${room.id}`;

  if (message.isRetracted || (!room.mayPost && !message.release)) return null;
  const acts = (
    <>
      {room.mayPost && <Act onPress={() => client.answer(message)}>{t('rooms.reply')}</Act>}
      {mayChange && <Act onPress={() => setEditing(true)}>{t('rooms.edit')}</Act>}
      {mayChange && <Act onPress={() => void act(`${at}/retraction`, which)}>{t('rooms.retract')}</Act>}
      {elsewhere.length > 0 &&
        message.files?.map((file) =>
          file.isRemoved ? null : (
            <Act key={file.id} onPress={() => letInto(file)}>
              {t('files.letInto', { name: file.name })}
            </Act>
          ),
        )}
      {target && room.state !== 'read_only' && !message.release && (
        <Act onPress={() => void act(`${at}/releases`, { ...which, targetId: target.id }, 'POST')}>{t('rooms.release.ask')}</Act>
      )}
    </>
  );
  return (
    <>
      {isEditing ? (
        <EditForm body={message.body} onCancel={() => setEditing(false)} onSave={(body) => void act(`${at}/edit`, { ...which, body })} />
      ) : room.mayPost ? (
        <p className={styles.acts} ref={row}>
          <button
            type="button"
            aria-expanded={isOpen}
            aria-label={t('rooms.acts')}
            title={t('rooms.acts')}
            onClick={() => setOpen(!isOpen)}
          >
            <Icon of={IconDots} />
          </button>
          {isOpen && acts}
        </p>
      ) : null}
      {letting && (
        <Suspense fallback={null}>
          <LetInto key={letting.id} file={letting} rooms={elsewhere} selfId={selfId} onCancel={() => setLetting(null)} />
        </Suspense>
      )}
      {message.release && (
        <ReleaseCard
          room={room}
          message={message}
          selfId={selfId}
          onAnswer={(agrees) => void act(`/releases/${message.release!.id}/answer`, { agrees })}
        />
      )}
      {refusal && (
        <p className={styles.refusal} role="alert">
          {t(`errors.${refusal}`)}
        </p>
      )}
    </>
  );
}

const isRecent = (postedAt: string) => nowMs() - new Date(postedAt).getTime() < editWindowMinutes * 60_000;

/** The joint room, or the other side's private one where the parties do not meet. */
const wayOut = (room: RoomView, rooms: RoomView[]) =>
  rooms.find(({ kind, state }) => kind === 'joint' && state !== 'read_only') ??
  rooms.find(({ kind, side, state }) => kind === 'caucus' && side !== room.side && state !== 'read_only');

function Act({ onPress, children }: { onPress: () => void; children: string }) {
  return (
    <button type="button" onClick={onPress}>
      {children}
    </button>
  );
}

function EditForm({ body, onSave, onCancel }: { body: string; onSave: (body: string) => void; onCancel: () => void }) {
  const t = useText('rooms');
  const [text, setText] = useState(body);
  const id = useId();
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (text.trim() && text.trim() !== body) onSave(text.trim());
  };
  return (
    <form className={styles.edit} autoComplete="off" onSubmit={save}>
      <label htmlFor={id}>{t('rooms.edit.label')}</label>
      <textarea id={id} rows={2} maxLength={messageLimit} value={text} onChange={(event) => setText(event.target.value)} />
      <div className={styles.row}>
        <Button small type="submit">
          {t('rooms.edit.save')}
        </Button>
        <Button small tone="quiet" onClick={onCancel}>
          {t('common.cancel')}
        </Button>
      </div>
    </form>
  );
}

type CardProps = { room: RoomView; message: MessageView; selfId: string; onAnswer: (agrees: boolean) => void };

/** Two steps to a yes, one to a no: what leaves the room does not come back. */
function ReleaseCard({ room, message, selfId, onAnswer }: CardProps) {
  const t = useText('rooms');
  const [isSure, setSure] = useState(false);
  const { state, to, askedBy } = message.release!;
  const mayAnswer = message.authorId === selfId && state === 'asked' && room.state !== 'read_only';
  const place = to === 'joint' ? 'joint' : 'other';
  if (!mayAnswer) return <p className={styles.told}>{t(`rooms.release.${state}`)}</p>;
  return (
    <section className={styles.card} aria-label={t('rooms.release.title')}>
      <p>
        <b>{t('rooms.release.title')}</b>
        <br />
        {t(`rooms.release.question.${place}`, { name: authorOf(room, askedBy).name ?? '' })}
      </p>
      {isSure && <p>{t('rooms.release.sure')}</p>}
      <div className={styles.row}>
        <Button small onClick={() => (isSure ? onAnswer(true) : setSure(true))}>
          {t(isSure ? 'rooms.release.share' : 'rooms.release.yes')}
        </Button>
        <Button small tone="second" onClick={() => onAnswer(false)}>
          {t('rooms.release.no')}
        </Button>
      </div>
    </section>
  );
}
