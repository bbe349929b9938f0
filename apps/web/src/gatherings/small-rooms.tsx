import { type FormEvent, useRef } from 'react';
import type { OpenSubRoom, RoomView } from '#contract';
import { useComplaints } from '../complaints.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { CheckCards } from '../parts/option-cards.js';
import { useText } from '../words.js';
import styles from './gatherings.module.css';

type Member = RoomView['members'][number];
type Props = { caseId: string; rooms: RoomView[]; parties: Member[] };

/** Where a side has several parties: a room with some of them. */
export function SmallRooms({ caseId, rooms, parties }: Props) {
  const t = useText('gatherings');
  const form = useRef<HTMLFormElement>(null);
  const { complaints, note } = useComplaints();
  const open = useCaseChange<OpenSubRoom>(
    caseId,
    (body) => ({ path: `/cases/${caseId}/sub-rooms`, method: 'POST', body }),
    () => form.current?.reset(),
  );
  const small = rooms.filter(({ kind, state }) => kind === 'sub' && state !== 'read_only');
  if (parties.length < 3) return null;
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const personIds = new FormData(event.currentTarget).getAll('chosen').map(String);
    note(personIds.length > 0 ? {} : { chosen: 'choose' });
    if (personIds.length > 0 && !open.isPending) open.mutate({ id: crypto.randomUUID(), personIds });
  };
  return (
    <Card title={t('gatherings.sub.title')}>
      <p className="small">{t('gatherings.sub.text')}</p>
      {small.map((room) => (
        <Sitting key={room.id} caseId={caseId} room={room} />
      ))}
      <form ref={form} noValidate onSubmit={submit}>
        <CheckCards
          name="chosen"
          legend={t('gatherings.sub.who')}
          hint={t('gatherings.sub.few')}
          options={parties.map(({ personId, name, side }) => ({ value: personId, label: name, hint: side ? t(`parts.side.${side}`) : '' }))}
          complaint={complaints['chosen']}
        />
        <Button type="submit" tone="second" busy={open.isPending}>
          {t('gatherings.sub.open')}
        </Button>
        {open.error && <Failure of={open.error} />}
      </form>
    </Card>
  );
}

function Sitting({ caseId, room }: { caseId: string; room: RoomView }) {
  const t = useText('gatherings', 'rooms');
  const leave = useCaseChange<string>(caseId, (personId) => ({ path: `/rooms/${room.id}/departure`, body: { personId } }));
  return (
    <ul className={`plain ${styles.rows}`} aria-label={t('rooms.sub')}>
      {room.members
        .filter(({ capacity }) => capacity === 'party')
        .map(({ personId, name }) => (
          <li key={personId}>
            {name}
            <Confirm
              label={t('gatherings.sub.remove')}
              tone="quiet"
              question={t('gatherings.sub.remove.question', { name })}
              confirmLabel={t('gatherings.sub.remove.yes')}
              busy={leave.isPending}
              onConfirm={() => leave.mutate(personId)}
            />
          </li>
        ))}
      {leave.error && <Failure of={leave.error} />}
    </ul>
  );
}

/** For whoever sits in one. */
export function LeaveSmallRoom({ room, selfId }: { room: RoomView; selfId: string }) {
  const t = useText('gatherings');
  const leave = useCaseChange(room.caseId ?? '', () => ({ path: `/rooms/${room.id}/departure`, body: { personId: selfId } }));
  const isParty = room.members.some(({ personId, capacity }) => personId === selfId && capacity === 'party');
  if (room.kind !== 'sub' || !isParty) return null;
  return (
    <Card>
      <Confirm
        label={t('gatherings.sub.leave')}
        tone="quiet"
        question={t('gatherings.sub.leave.question')}
        text={t('gatherings.sub.leave.text')}
        confirmLabel={t('gatherings.sub.leave.yes')}
        busy={leave.isPending}
        onConfirm={() => leave.mutate()}
      />
      {leave.error && <Failure of={leave.error} />}
    </Card>
  );
}
