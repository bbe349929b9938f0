import { useState } from 'react';
import type { RoomView } from '#contract';
import { dateInWords } from '#language';
import { nowIso } from '../clock.js';
import { Button } from '../parts/button.js';
import { classes } from '../parts/classes.js';
import { useDates, useText } from '../words.js';
import { MessageItem, SentLine, UnsentLine } from './message-item.js';
import styles from './messages.module.css';
import { remember } from './pasted.js';
import type { RoomClient } from './room-client.js';
import type { RoomState } from './room-state.js';
import { MessageActs } from './room-parts.js';
import type { RoomWords } from './room-words.js';
import { useStayBelow } from './use-stay-below.js';

type Props = {
  room: RoomView;
  rooms: RoomView[];
  client: RoomClient;
  state: RoomState;
  selfId: string;
  words: RoomWords;
};

export function MessageList({ room, rooms, client, state, selfId, words }: Props) {
  const t = useText('rooms');
  const { messages, outgoing, newAfter } = state;
  const { list, onScroll, below, toBelow, isNewAbove, toNew } = useStayBelow(state, selfId);
  const lastOwn = messages.findLast(({ authorId }) => authorId === selfId)?.seq;
  const firstNew = newAfter === null ? undefined : messages.find(({ seq, authorId }) => seq > newAfter && authorId !== selfId)?.seq;
  const others = room.members.filter(({ personId }) => personId !== selfId);
  const readers = others.filter(({ personId }) => (state.marks[personId] ?? 0) >= (lastOwn ?? 1));
  const isReadByAll = others.length > 0 && readers.length === others.length;

  return (
    <div className={classes(styles.frame, words.shape === 'joint' && styles.joint)}>
      <ol
        className={styles.list}
        ref={list}
        // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- what scrolls must be reachable by the keyboard
        tabIndex={0}
        aria-label={t('rooms.messages', { room: words.title })}
        onScroll={onScroll}
        onCopy={() => remember(room, String(getSelection() ?? ''))}
      >
        {state.hasEarlier && <Earlier client={client} />}
        {messages.length === 0 && outgoing.length === 0 && (
          <li className={styles.empty}>{room.state === 'read_only' ? t('rooms.empty.closed') : words.empty}</li>
        )}
        {messages.flatMap((message, at) => [
          dayOf(message.postedAt) !== dayOf(messages[at - 1]?.postedAt) && <Day key={`day-${message.seq}`} at={message.postedAt} />,
          message.seq === firstNew && <New key="new" />,
          <MessageItem
            key={message.seq}
            room={room}
            authorId={message.authorId}
            isOwn={message.authorId === selfId}
            at={message.postedAt}
            body={message.body}
            files={message.files}
            kept={message}
            answered={message.replyTo ? messages.find(({ id }) => id === message.replyTo) : undefined}
          >
            <MessageActs {...{ room, rooms, message, client, selfId }} />
            {message.seq === lastOwn && <SentLine readers={readers.map(({ name }) => name)} isReadByAll={isReadByAll} />}
          </MessageItem>,
        ])}
        {outgoing.map((one) => (
          <MessageItem
            key={one.clientId}
            room={room}
            authorId={selfId}
            isOwn
            at={one.at}
            body={one.body}
            files={one.files}
            isUnsent={one.state !== 'sending'}
          >
            <UnsentLine
              outgoing={one}
              isKept={state.isKept}
              onRetry={() => client.retry(one.clientId)}
              onSendNow={() => client.sendNow(one.clientId)}
              onTakeBack={() => client.takeBack(one.clientId)}
            />
          </MessageItem>
        ))}
      </ol>
      {isNewAbove && (
        <div className={styles.above}>
          <Button small tone="second" onClick={toNew}>
            {t('rooms.new.first')}
          </Button>
        </div>
      )}
      {below > 0 && (
        <div className={styles.below}>
          <Button small onClick={toBelow}>
            {t('rooms.new.count', { count: below })}
          </Button>
        </div>
      )}
    </div>
  );
}

/** Days of Oskemen. */
const dayOf = (at: string | undefined) => at && dateInWords('en', at);
const isToday = (at: string) => dayOf(at) === dayOf(nowIso());

function Day({ at }: { at: string }) {
  const t = useText('rooms');
  const dates = useDates();
  return (
    <li className={styles.day}>
      <span>{isToday(at) ? t('rooms.today') : dates.withWeekday(at)}</span>
    </li>
  );
}

function New() {
  const t = useText('rooms');
  return (
    <li className={styles.unread} data-new>
      <span>{t('rooms.new')}</span>
    </li>
  );
}

function Earlier({ client }: { client: RoomClient }) {
  const t = useText('rooms');
  const [isAsking, setAsking] = useState(false);
  const ask = () => {
    if (isAsking) return;
    setAsking(true);
    client
      .earlier()
      .catch(() => undefined)
      .finally(() => setAsking(false));
  };
  return (
    <li className={styles.earlier}>
      <button type="button" onClick={ask} aria-disabled={isAsking}>
        {isAsking ? t('parts.waiting') : t('rooms.earlier')}
      </button>
    </li>
  );
}
