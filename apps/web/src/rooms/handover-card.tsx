import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { RoomView } from '#contract';
import { call, Problem } from '../api.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { useText } from '../words.js';
import { roomsKey } from './use-room.js';

/** Another mediator has come: may he read what was said here? No answer is a no, and nobody is told. */
export function HandoverCard({ room }: { room: RoomView }) {
  const t = useText('rooms');
  const cache = useQueryClient();
  const [refusal, setRefusal] = useState<Problem['code'] | null>(null);
  if (!room.handover) return null;
  const { name, agrees } = room.handover;
  const answer = async (wanted: boolean) => {
    try {
      setRefusal(null);
      await call(RoomView, `/rooms/${room.id}/handover`, { method: 'PUT', body: { agrees: wanted } });
      await cache.invalidateQueries({ queryKey: roomsKey(room.caseId ?? room.id) });
    } catch (failure) {
      setRefusal(failure instanceof Problem ? failure.code : 'internal');
    }
  };
  return (
    <Card title={t('rooms.handover.title')}>
      <p className="small">{t('rooms.handover.text', { name })}</p>
      {agrees !== null && <p className="small">{t(agrees ? 'rooms.handover.agreed' : 'rooms.handover.declined')}</p>}
      <Actions>
        {agrees !== true && (
          <Button small onClick={() => void answer(true)}>
            {t('rooms.handover.yes')}
          </Button>
        )}
        {agrees !== false && (
          <Button small tone="second" onClick={() => void answer(false)}>
            {t('rooms.handover.no')}
          </Button>
        )}
      </Actions>
      {refusal && <p role="alert">{t(`errors.${refusal}`)}</p>}
    </Card>
  );
}
