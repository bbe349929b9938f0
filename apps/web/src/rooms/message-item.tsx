import { IconCheck, IconChecks, IconClock, IconRefresh } from '@tabler/icons-react';
import type { MessageFile, MessageView, RoomView } from '#contract';
import { timeInWords } from '#language';
import { nowMs } from '../clock.js';
import fileStyles from '../files/files.module.css';
import { classes } from '../parts/classes.js';
import { Icon } from '../parts/icon.js';
import { SideMark } from '../parts/side-mark.js';
import { useDates, useText } from '../words.js';
import { authorOf } from './author-of.js';
import acts from './message-acts.module.css';
import styles from './messages.module.css';
import type { Outgoing } from './outbox.js';
import { FileItem } from './room-parts.js';

type Props = {
  room: RoomView;
  authorId: string;
  isOwn: boolean;
  at: string;
  body: string;
  isUnsent?: boolean;
  kept?: MessageView;
  answered?: MessageView | undefined;
  files?: MessageFile[] | undefined;
  children?: React.ReactNode;
};

/** One message: the author's shape on its edge; one's own moves to the right and takes the room's soft ground, nothing else. */
export function MessageItem({ room, authorId, isOwn, at, body, isUnsent = false, kept, answered, files, children }: Props) {
  const t = useText('rooms');
  const { name, mark } = authorOf(room, authorId);
  return (
    <li tabIndex={-1} className={classes(styles.message, styles[mark], isOwn && styles.own, isUnsent && styles.unsent)}>
      <div className={styles.who}>
        <SideMark side={mark}>{isOwn ? t('parts.side.you') : (name ?? t('rooms.former'))}</SideMark>
        <time dateTime={at}>{timeInWords(at)}</time>
      </div>
      {answered && (
        <p className={acts.answered}>
          {t('rooms.reply.to', { name: authorOf(room, answered.authorId).name ?? t('rooms.former'), text: answered.body })}
        </p>
      )}
      <div className={classes(styles.body, kept?.isRetracted && acts.retracted)}>{kept?.isRetracted ? t('rooms.retracted') : body}</div>
      {files && files.length > 0 && (
        <ul className={fileStyles.files}>
          {files.map((file) => (
            <FileItem key={file.id} file={file} />
          ))}
        </ul>
      )}
      {kept?.editedAt && !kept.isRetracted && <p className={acts.trace}>{t('rooms.edited', { time: timeInWords(kept.editedAt) })}</p>}
      {kept?.released && (
        <p className={acts.trace}>{t('rooms.released', { name: authorOf(room, kept.released.authorId).name ?? t('rooms.former') })}</p>
      )}
      {children}
    </li>
  );
}

/** Of the last message one wrote: it is kept, and who has read so far. */
export function SentLine({ readers, isReadByAll }: { readers: string[]; isReadByAll: boolean }) {
  const t = useText('rooms');
  const isRead = readers.length > 0;
  return (
    <p className={styles.status}>
      <span>
        <Icon of={isRead ? IconChecks : IconCheck} />
        <span>{isReadByAll ? t('rooms.seen.all') : isRead ? t('rooms.seen', { names: readers.join(', ') }) : t('rooms.sent')}</span>
      </span>
    </p>
  );
}

type UnsentProps = { outgoing: Outgoing; isKept: boolean; onRetry: () => void; onSendNow: () => void; onTakeBack: () => void };

const day = 86_400_000;
const isOld = (at: string) => nowMs() - Date.parse(at) > day;

/** An honest word about a message that is not kept yet. Errors in rooms are written in ink. */
export function UnsentLine({ outgoing: { state, code, at }, isKept, onRetry, onSendNow, onTakeBack }: UnsentProps) {
  const t = useText('rooms');
  const dates = useDates();
  if (state === 'held')
    return (
      <p className={styles.status}>
        <span>
          <Icon of={IconClock} />
          <span>{t('rooms.held')}</span>
        </span>
        <button type="button" data-undo onClick={onTakeBack}>
          {t('rooms.held.undo')}
        </button>
        <button type="button" onClick={onSendNow}>
          {t('rooms.held.now')}
        </button>
      </p>
    );
  if (state === 'sending')
    return (
      <p className={styles.status}>
        <span>
          <Icon of={IconClock} />
          <span>{t('rooms.sending')}</span>
        </span>
      </p>
    );
  const why = code === 'offline' ? 'rooms.waiting.offline' : code === 'unauthenticated' ? 'rooms.waiting.session' : 'rooms.waiting';
  return (
    <p className={styles.status}>
      <span>
        <Icon of={IconRefresh} />
        <span>
          {state === 'waiting'
            ? `${t(why)}; ${t(isKept ? 'rooms.kept' : 'rooms.kept.not')}${isOld(at) ? `. ${t('rooms.unsent.since', { when: dates.moment(at) })}` : ''}`
            : `${t('rooms.refused')}. ${code ? t(`errors.${code}`) : ''}`}
        </span>
      </span>
      <button type="button" onClick={onRetry}>
        {t('rooms.retry')}
      </button>
      {state === 'refused' && (
        <button type="button" onClick={onTakeBack}>
          {t('rooms.takeBack')}
        </button>
      )}
    </p>
  );
}
