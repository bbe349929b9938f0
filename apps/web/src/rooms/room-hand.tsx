import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { type RoomSetting, RoomView } from '#contract';
import { call, Problem } from '../api.js';
import { useText } from '../words.js';
import styles from './room-hand.module.css';
import { roomsKey } from './use-room.js';

const slowest = 30;

/** The mediator's hand on a room: a pause, slow mode, the end of it. The state is said in the same words. */
export function RoomHand({ room }: { room: RoomView }) {
  const t = useText('rooms');
  const cache = useQueryClient();
  const [refusal, setRefusal] = useState<Problem['code'] | null>(null);
  const [isClosing, setClosing] = useState(false);
  if (!room.mayModerate || (room.state === 'read_only' && !room.isClosed)) return null;

  const set = async (setting: RoomSetting) => {
    try {
      setRefusal(null);
      setClosing(false);
      await call(RoomView, `/rooms/${room.id}/setting`, { method: 'PUT', body: setting });
      await cache.invalidateQueries({ queryKey: roomsKey(room.caseId ?? room.id) });
    } catch (failure) {
      setRefusal(failure instanceof Problem ? failure.code : 'internal');
    }
  };
  const { slowSeconds } = room;
  const isOpen = room.state === 'open';
  return (
    <section className={styles.hand} aria-label={t('rooms.hand')}>
      {isOpen ? (
        <button type="button" onClick={() => void set({ state: 'paused', slowSeconds })}>
          {t('rooms.hand.pause')}
        </button>
      ) : (
        <button type="button" onClick={() => void set({ state: 'open', slowSeconds })}>
          {t('rooms.hand.open')}
        </button>
      )}
      {isOpen && (
        <button
          type="button"
          aria-pressed={slowSeconds !== null}
          onClick={() => void set({ state: 'open', slowSeconds: slowSeconds === null ? slowest : null })}
        >
          {t(slowSeconds === null ? 'rooms.hand.slow' : 'rooms.hand.fast')}
        </button>
      )}
      {isOpen && (
        <button type="button" onClick={() => (isClosing ? void set({ state: 'closed', slowSeconds }) : setClosing(true))}>
          {t(isClosing ? 'rooms.hand.sure' : 'rooms.hand.close')}
        </button>
      )}
      {refusal && <span role="alert">{t(`errors.${refusal}`)}</span>}
    </section>
  );
}
