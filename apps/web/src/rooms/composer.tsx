import { IconClipboardX, IconEye, IconInfoCircle, IconLock, IconPaperclip } from '@tabler/icons-react';
import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { fileLimits, type MessageFile, messageLimit, type MessageView, type RoomView, type Side } from '#contract';
import { Button } from '../parts/button.js';
import { Icon } from '../parts/icon.js';
import { Rich } from '../parts/rich.js';
import { SideLine } from '../parts/who-sees.js';
import { useText } from '../words.js';
import { authorOf } from './author-of.js';
import styles from './composer.module.css';
import acts from './message-acts.module.css';
import { RoomFiles } from './room-parts.js';
import type { RoomWords } from './room-words.js';

type Props = {
  room: RoomView;
  words: RoomWords;
  draft: string;
  /** Why nothing can be written now. */
  barred: string | null;
  /** Out of which other private room these words come. */
  sourceOf: (words: string, isTyped?: boolean) => Side | null;
  isMediator: boolean;
  small: boolean;
  answered: MessageView | null;
  attached: MessageFile[] | null;
  /** The device is one's own, and could not keep what is written. */
  isFull: boolean;
  onAnswerNothing: () => void;
  onDraft: (draft: string) => void;
  onAttach: (attached: MessageFile[]) => void;
  onSend: (body: string) => void;
};

const nearlyFull = 500;

/** Where one writes: its label says to whom, its button names the room. Enter makes a new line, Ctrl+Enter sends. */
export function Composer(props: Props) {
  const { room, words, draft, barred, sourceOf, isMediator, small, answered, attached, isFull } = props;
  const { onAnswerNothing, onDraft, onAttach, onSend } = props;
  const t = useText('rooms', 'files');
  const field = useRef<HTMLTextAreaElement>(null);
  const [pasted, setPasted] = useState<{ from: Side; text: string } | null>(null);
  const allowed = useRef('');
  const [isEmpty, setEmpty] = useState(false);
  const id = useId();
  const isBarred = barred !== null || pasted !== null;

  const write = (text: string) => {
    onDraft(text);
    setEmpty(false);
    if (pasted && !text.includes(pasted.text)) setPasted(null);
  };
  const send = () => {
    field.current?.focus();
    if (isBarred) return;
    if (!draft.trim() && !attached?.length) return setEmpty(true);
    const from = sourceOf(draft.replace(allowed.current, ''), true); // typed anew, or kept here from an earlier visit
    if (from) return setPasted({ from, text: draft });
    allowed.current = '';
    onSend(draft.trim());
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || !(event.ctrlKey || event.metaKey)) return;
    event.preventDefault();
    send();
  };
  const onBrought = (brought: DataTransfer) => {
    const text = brought.getData('text/plain').replaceAll('\r\n', '\n');
    const from = sourceOf(text);
    if (from) setPasted({ from, text });
  };
  const settle = (text: string) => {
    setPasted(null);
    onDraft(text);
    field.current?.focus();
  };

  return (
    <form
      className={styles.composer}
      autoComplete="off" // else a browser writes half a message to its disk, to restore the tab
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      {pasted && (
        <PasteWarning
          of={isMediator ? pasted.from : 'own'}
          onRemove={() => settle(draft.replace(pasted.text, '').trim())}
          onKeep={() => {
            allowed.current = pasted.text;
            settle(draft);
          }}
        />
      )}
      {barred !== null && (
        <p className={styles.barred} id={`${id}-barred`}>
          <Icon of={IconInfoCircle} />
          <span>{barred}</span>
        </p>
      )}
      {(room.state !== 'read_only' || draft) && (
        <>
          {answered && (
            <p className={acts.answered}>
              {t('rooms.reply.to', { name: authorOf(room, answered.authorId).name ?? t('rooms.former'), text: answered.body })}{' '}
              <button type="button" onClick={onAnswerNothing}>
                {t('common.cancel')}
              </button>
            </p>
          )}
          <label htmlFor={id}>{words.label}</label>
          <textarea
            id={id}
            ref={field}
            data-room={room.side ?? 'joint'}
            rows={2}
            value={draft}
            maxLength={messageLimit}
            readOnly={room.state === 'read_only'}
            aria-describedby={`${id}-who ${id}-note`}
            onChange={(event) => write(event.target.value)}
            onKeyDown={onKeyDown}
            onPaste={({ clipboardData }) => onBrought(clipboardData)}
            onDrop={({ dataTransfer }) => onBrought(dataTransfer)}
          />
        </>
      )}
      {room.state !== 'read_only' && (
        <>
          <div className={styles.who}>
            <SideLine id={`${id}-who`} icon={room.kind === 'joint' ? IconEye : IconLock}>
              {words.will}
            </SideLine>
          </div>
          <p className={styles.note} id={`${id}-note`} aria-live="polite">
            {isEmpty && t('errors.message.empty')}
            {isFull && `${t('rooms.full')} `}
            {draft.length > messageLimit - nearlyFull && t('rooms.left', { count: messageLimit - draft.length })}
          </p>
          {attached && (
            <RoomFiles
              room={room}
              attached={attached}
              onAttach={(file) => onAttach([...attached, file].slice(0, fileLimits.perMessage))}
              onDetach={(fileId) => onAttach(attached.filter((one) => one.id !== fileId))}
            />
          )}
          <div className={styles.row}>
            <Button
              type="submit"
              small={small}
              tone={words.tone}
              busy={isBarred}
              aria-describedby={barred === null ? undefined : `${id}-barred`}
            >
              {words.send}
            </Button>
            {!attached && room.mayPost && (
              <Button tone="second" small={small} title={t('files.attach')} onClick={() => onAttach([])}>
                <Icon of={IconPaperclip} /> <span className={styles.word}>{t('files.attach')}</span>
              </Button>
            )}
          </div>
        </>
      )}
    </form>
  );
}

function PasteWarning({ of, onRemove, onKeep }: { of: Side | 'own'; onRemove: () => void; onKeep: () => void }) {
  const t = useText('rooms');
  return (
    <div className={styles.paste} role="alert">
      <p>
        <Icon of={IconClipboardX} />
        <span>
          <Rich>{t(`rooms.paste.${of}`)}</Rich>
        </span>
      </p>
      <div className={styles.row}>
        <Button small onClick={onRemove}>
          {t('rooms.paste.remove')}
        </Button>
        <Button small tone="second" onClick={onKeep}>
          {t(of === 'own' ? 'rooms.paste.keep' : 'rooms.paste.allowed')}
        </Button>
      </div>
    </div>
  );
}
