import { IconPlugConnectedX } from '@tabler/icons-react';
import { lazy, type Ref, Suspense, useEffect } from 'react';
import type { RoomView } from '#contract';
import { Failure } from '../parts/failure.js';
import { Rich } from '../parts/rich.js';
import { RoomFrame } from '../parts/room-frame.js';
import { Waiting } from '../parts/waiting.js';
import { SideLine } from '../parts/who-sees.js';
import { useText } from '../words.js';
import { Composer } from './composer.js';
import { endEarly, takeEarly } from '../layout/early.js';
import { authorOf } from './author-of.js';
import { MessageList } from './message-list.js';
import messageStyles from './messages.module.css';
import { privateSourceOf, typedLength } from './pasted.js';
import type { RoomClient } from './room-client.js';
import type { RoomState } from './room-state.js';
import styles from './room-panel.module.css';
import { RoomHand } from './room-parts.js';
import { isMediatorIn, useRoomWords } from './room-words.js';
import { useKeptFocus } from './use-kept-focus.js';
import { useIsVisible } from './use-is-visible.js';
import { knownBodies, useRoom } from './use-room.js';

/** Fetched beside the page: few rooms have any. */
const LetIn = lazy(() => import('../files/let-in.js').then((it) => ({ default: it.LetIn })));

/** What a mediator says to one side alone may be taken back so long before it is said: the wrong room is the one mistake that can't be mended. */
const undoMs = 10_000;

type Props = {
  room: RoomView;
  /** All rooms of the case that the reader has: a text pasted from one into another is noticed. */
  rooms: RoomView[];
  selfId: string;
  level?: 1 | 2;
  /** Does the reader look at this room? On the workbench three are open and one is worked in. */
  isLookedAt?: boolean;
  heading?: Ref<HTMLHeadingElement>;
};

/** One room to read and write in: who hears on top, the messages, what is on its way, the field whose button names the room. */
export function RoomPanel({ room, rooms, selfId, level = 2, isLookedAt = true, heading }: Props) {
  const { client, state } = useRoom(room, selfId);
  const words = useRoomWords(room, selfId);
  const isLooking = useIsVisible() && isLookedAt;
  useEffect(() => client.look(isLooking), [client, isLooking]);
  useEffect(() => goOn(client, room.id), [client, room.id]);
  useEffect(() => {
    if (state.isOpened || state.refusal) endEarly();
  }, [state.isOpened, state.refusal]);

  return (
    <RoomFrame
      shape={words.shape}
      title={words.title}
      audience={<Rich>{words.audience}</Rich>}
      level={level}
      heading={heading}
      head={<RoomHand room={room} />}
      box={useKeptFocus()}
    >
      <div className={styles.middle}>
        {(state.line === 'down' || level === 1 || room.kind === 'joint') && <LineNote state={state} />}
        {!state.isOpened && !state.refusal && <Waiting />}
        {state.refusal && !state.isOpened && <Failure of={state.refusal} onRetry={() => client.retry()} />}
        {state.isOpened && <MessageList {...{ room, rooms, client, state, selfId, words }} />}
        <TypingLine room={room} typing={state.typing} />
      </div>
      {state.isOpened && (
        <Suspense fallback={null}>
          <LetIn roomId={room.id} />
        </Suspense>
      )}
      <Composer
        room={room}
        words={words}
        draft={state.draft}
        barred={useBarred(room, selfId, words.paused)}
        sourceOf={(words, isTyped = false) =>
          room.kind === 'joint' || isMediatorIn(room, selfId)
            ? privateSourceOf(words, room, knownBodies(rooms), isTyped ? typedLength : 0)
            : null
        }
        isMediator={isMediatorIn(room, selfId)}
        small={level === 2}
        answered={state.answering}
        attached={state.attached}
        isFull={state.isFull}
        onAnswerNothing={() => client.answer(null)}
        onDraft={(draft) => client.write(draft)}
        onAttach={client.attach}
        onSend={(body) => client.send(body, isMediatorIn(room, selfId) && room.side ? undoMs : 0)}
      />
      <Announcer room={room} title={words.title} state={state} />
    </RoomFrame>
  );
}

/** What was being written before the program came goes on here, at the same letter. */
function goOn(client: RoomClient, roomId: string) {
  const written = takeEarly(roomId);
  if (!written) return;
  const { draft, unsent, caret } = written;
  client.takeOver({ draft, unsent: unsent.map((one, at) => ({ ...one, turn: at + 1 })) });
  if (caret) setTimeout(() => focusAt(caret));
}
function focusAt([from, to]: [number, number]) {
  const field = document.querySelector<HTMLTextAreaElement>('#main textarea[data-room]');
  field?.focus();
  field?.setSelectionRange(from, to);
}

/** Why nothing can be written here now, in words. */
function useBarred(room: RoomView, selfId: string, paused: string): string | null {
  const t = useText('rooms');
  if (room.state === 'read_only') return t(room.isClosed ? 'rooms.closed.byMediator' : 'rooms.closed');
  if (room.state === 'paused') return paused;
  if (room.members.some(({ personId, capacity }) => personId === selfId && capacity === 'observer')) return t('errors.room.reading_only');
  return room.mayPost ? null : t('rooms.muted');
}

function LineNote({ state: { line } }: { state: RoomState }) {
  const t = useText('rooms');
  if (line !== 'down' && line !== 'asking') return null;
  return (
    <div className={styles.line} aria-live="polite">
      <SideLine icon={IconPlugConnectedX}>{t(`rooms.line.${line}`)}</SideLine>
    </div>
  );
}

function TypingLine({ room, typing }: { room: RoomView; typing: string[] }) {
  const t = useText('rooms');
  const names = typing.map((id) => authorOf(room, id).name).filter(Boolean);
  return <p className={messageStyles.typing}>{names.length > 0 && t('rooms.typing', { names: names.join(', ') })}</p>;
}

/** What somebody else writes is read aloud when there is time for it, with the room and the author before it. */
function Announcer({ room, title, state: { heard } }: { room: RoomView; title: string; state: RoomState }) {
  const t = useText('rooms');
  const author = heard && (authorOf(room, heard.authorId).name ?? t('rooms.former'));
  return (
    <p className="vh" aria-live="polite">
      {heard && t('rooms.announce', { room: title, author: author ?? '', text: heard.body })}
    </p>
  );
}
