import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { useParams } from 'react-router';
import { z } from 'zod';
import { type CaseView, NoteView, WriteNote } from '#contract';
import { call } from '../api.js';
import { useCase } from '../cases/cases.js';
import { useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Confirm } from '../parts/confirm.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { SelectField, TextArea, TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useDates, useText } from '../words.js';
import styles from './gatherings.module.css';

const NoteViews = z.array(NoteView);
const keyOf = (caseId: string) => ['notes', caseId];
type Parties = CaseView['parties'];
type Note = z.infer<typeof NoteView>;

/** A mediator's notes on a case, by party and issue: seen by nobody else, and kept in no cache of this device. */
export function NotesPage() {
  const t = useText('gatherings', 'rooms');
  const { caseId = '' } = useParams();
  const found = useQuery({ queryKey: keyOf(caseId), queryFn: () => call(NoteViews, `/cases/${caseId}/notes`), gcTime: 0 });
  const parties = useCase(caseId).data?.parties ?? [];
  const [about, setAbout] = useState('');
  const shown = (found.data ?? []).filter(({ partyId }) => !about || (partyId ?? 'nobody') === about);
  return (
    <>
      <PageHead
        title={t('gatherings.notes.title')}
        lead={t('gatherings.notes.lead')}
        back={`/mediator/cases/${caseId}`}
        backLabel={t('rooms.toCase')}
      />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      <div className="cols">
        <div>
          <SelectField
            name="about"
            label={t('gatherings.notes.about')}
            width="middle"
            value={about}
            onChange={({ currentTarget }) => setAbout(currentTarget.value)}
          >
            <option value="">{t('gatherings.notes.all')}</option>
            <option value="nobody">{t('gatherings.notes.nobody')}</option>
            <PartyOptions parties={parties} />
          </SelectField>
          {found.isSuccess && shown.length === 0 && <p className="muted">{t('gatherings.notes.none')}</p>}
          <div className="stack">
            {byIssue(shown).map((note) => (
              <OneNote key={note.id} {...{ note, caseId, parties }} />
            ))}
          </div>
        </div>
        <aside>
          <Card title={t('gatherings.notes.new')}>
            <NoteForm {...{ caseId, parties }} />
          </Card>
        </aside>
      </div>
    </>
  );
}

const byIssue = (notes: Note[]) => notes.toSorted((one, other) => one.issue.localeCompare(other.issue));

const PartyOptions = ({ parties }: { parties: Parties }) =>
  parties.map(({ id, name }) => (
    <option key={id} value={id}>
      {name}
    </option>
  ));

function OneNote({ note, caseId, parties }: { note: Note; caseId: string; parties: Parties }) {
  const t = useText('gatherings');
  const dates = useDates();
  const [isChanging, setChanging] = useState(false);
  const write = useWriting(caseId);
  const party = parties.find(({ id }) => id === note.partyId)?.name ?? t('gatherings.notes.nobody');
  if (isChanging)
    return (
      <Card>
        <NoteForm {...{ caseId, parties, note }} onDone={() => setChanging(false)} />
      </Card>
    );
  return (
    <Card title={note.issue || party}>
      <p className="small muted">
        {party} · {dates.moment(note.writtenAt)}
      </p>
      <p className={styles.words}>{note.body}</p>
      <Actions>
        <Button small tone="second" onClick={() => setChanging(true)}>
          {t('gatherings.notes.change')}
        </Button>
        <Confirm
          label={t('gatherings.notes.remove')}
          tone="quiet"
          question={t('gatherings.notes.remove.question')}
          confirmLabel={t('gatherings.notes.remove.yes')}
          busy={write.isPending}
          onConfirm={() => write.mutate({ id: note.id, partyId: note.partyId, issue: note.issue, body: '' })}
        />
      </Actions>
      {write.error && <Failure of={write.error} />}
    </Card>
  );
}

type FormProps = { caseId: string; parties: Parties; note?: Note; onDone?: () => void };

function NoteForm({ caseId, parties, note, onDone }: FormProps) {
  const t = useText('gatherings');
  const { complaints, check, note: complain } = useComplaints();
  const write = useWriting(caseId);
  const name = (field: string) => (note ? `${field}-${note.id}` : field);
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = event.currentTarget;
    const typed = new FormData(form);
    const asked = check(WriteNote, {
      id: note?.id ?? crypto.randomUUID(),
      partyId: typed.get(name('party')) || null,
      issue: typed.get(name('issue')),
      body: typed.get(name('body')),
    });
    if (asked && !asked.body.trim()) return complain({ body: 'required' });
    if (!asked || write.isPending) return;
    write.mutate(asked, { onSuccess: () => (form.reset(), onDone?.()) });
  };
  return (
    <form autoComplete="off" noValidate onSubmit={submit}>
      <SelectField name={name('party')} label={t('gatherings.notes.about')} defaultValue={note?.partyId ?? ''}>
        <option value="">{t('gatherings.notes.nobody')}</option>
        <PartyOptions parties={parties} />
      </SelectField>
      <TextField name={name('issue')} label={t('gatherings.notes.issue')} defaultValue={note?.issue ?? ''} maxLength={120} optional />
      <TextArea
        name={name('body')}
        label={t('gatherings.notes.body')}
        defaultValue={note?.body ?? ''}
        rows={5}
        maxLength={4000}
        complaint={complaints['body']}
      />
      <Actions>
        <Button type="submit" small busy={write.isPending}>
          {t('gatherings.notes.save')}
        </Button>
        {onDone && (
          <Button small tone="quiet" onClick={onDone}>
            {t('common.cancel')}
          </Button>
        )}
      </Actions>
      {write.error && <Failure of={write.error} />}
    </form>
  );
}

function useWriting(caseId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: WriteNote) => call(NoteViews, `/cases/${caseId}/notes`, { method: 'PUT', body }),
    onSuccess: (notes) => cache.setQueryData(keyOf(caseId), notes),
  });
}
