import { IconDownload } from '@tabler/icons-react';
import { useMutation } from '@tanstack/react-query';
import { type FormEvent } from 'react';
import { useParams } from 'react-router';
import { FoundMessages, type MessageView, type RoomView, SearchMessages } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import buttonStyles from '../parts/button.module.css';
import { Card } from '../parts/card.js';
import { classes } from '../parts/classes.js';
import { Failure } from '../parts/failure.js';
import { Icon } from '../parts/icon.js';
import { PageHead } from '../parts/page-head.js';
import { TextField } from '../parts/text-field.js';
import { authorOf } from '../rooms/author-of.js';
import { useRoomName } from '../rooms/room-words.js';
import { useRooms } from '../rooms/use-room.js';
import { useSession } from '../session.js';
import { useDates, useText } from '../words.js';
import styles from './gatherings.module.css';

/** Looks through one's own rooms, and takes a copy of them away. What is looked for stands in no address. */
export function SaidPage() {
  const t = useText('gatherings', 'rooms');
  const { caseId = '' } = useParams();
  const rooms = useRooms(caseId).data ?? [];
  return (
    <>
      <PageHead
        title={t('gatherings.said.title')}
        lead={t('gatherings.said.lead')}
        back={`/cases/${caseId}/rooms`}
        backLabel={t('rooms.title')}
      />
      <div className="cols">
        <Search caseId={caseId} rooms={rooms} />
        <aside className="stack">
          <TakeAway caseId={caseId} />
        </aside>
      </div>
    </>
  );
}

function Search({ caseId, rooms }: { caseId: string; rooms: RoomView[] }) {
  const t = useText('gatherings');
  const { complaints, check } = useComplaints();
  const search = useMutation({
    mutationFn: (body: SearchMessages) => call(FoundMessages, `/cases/${caseId}/message-searches`, { method: 'POST', body }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = check(SearchMessages, { words: new FormData(event.currentTarget).get('words') });
    if (asked && !search.isPending) search.mutate(asked);
  };
  const found = search.data?.messages ?? [];
  return (
    <div>
      <search>
        <form autoComplete="off" noValidate onSubmit={submit}>
          <TextField name="words" type="search" label={t('gatherings.said.words')} complaint={complaints['words']} maxLength={200} />
          <Button type="submit" busy={search.isPending}>
            {t('gatherings.said.search')}
          </Button>
        </form>
      </search>
      {search.error && <Failure of={search.error} />}
      <p aria-live="polite">
        {search.isSuccess &&
          (found.length === 0
            ? t('gatherings.said.none')
            : t(search.data.isAll ? 'gatherings.said.found' : 'gatherings.said.more', { count: found.length }))}
      </p>
      <ul className={`plain ${styles.found}`}>
        {found.map((message) => (
          <Found key={message.id} message={message} room={rooms.find(({ id }) => id === message.roomId)} />
        ))}
      </ul>
    </div>
  );
}

function Found({ message, room }: { message: MessageView; room: RoomView | undefined }) {
  const t = useText('rooms');
  const dates = useDates();
  const nameOf = useRoomName(useSession()?.person.id ?? '');
  return (
    <li>
      <p className="small muted">
        {[room && nameOf(room), room && (authorOf(room, message.authorId).name ?? t('rooms.former')), dates.moment(message.postedAt)]
          .filter(Boolean)
          .join(' · ')}
      </p>
      <p className={styles.words}>{message.body}</p>
    </li>
  );
}

function TakeAway({ caseId }: { caseId: string }) {
  const t = useText('gatherings');
  const link = classes(buttonStyles.button, buttonStyles.second, buttonStyles.small);
  return (
    <Card title={t('gatherings.said.take')}>
      <p className="small">{t('gatherings.said.take.text')}</p>
      <Actions>
        <a className={link} href={`/api/cases/${caseId}/room-record`} download>
          <Icon of={IconDownload} />
          {t('gatherings.said.pdf')}
        </a>
        <a className={link} href={`/api/cases/${caseId}/room-export`} download="rooms.json">
          <Icon of={IconDownload} />
          {t('gatherings.said.json')}
        </a>
      </Actions>
    </Card>
  );
}
