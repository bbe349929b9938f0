import { useQuery } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { RegisterFile } from '#contract';
import { call } from '../api.js';
import { Failure } from '../parts/failure.js';
import { PageHead } from '../parts/page-head.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';
import { EntryForm } from './entry-form.js';

/** Somebody new in the register. */
export function NewEntryPage() {
  const t = useText('register');
  const navigate = useNavigate();
  return (
    <>
      <PageHead title={t('register.enter')} back="/desk/register" backLabel={t('register.back')} />
      <EntryForm onKept={(id) => void navigate(`/desk/register/${id}`)} />
    </>
  );
}

/** An entry that is there, to be corrected. */
export function CorrectEntryPage() {
  const t = useText('register');
  const navigate = useNavigate();
  const { mediatorId = '' } = useParams();
  const found = useRegisterFile(mediatorId);
  const back = `/desk/register/${mediatorId}`;
  return (
    <>
      <PageHead title={t('register.correct')} eyebrow={found.data?.row.name} back={back} />
      {found.isPending && <Waiting />}
      {found.isError && <Failure of={found.error} onRetry={() => void found.refetch()} />}
      {found.data && (
        <EntryForm key={found.data.entry.version} id={mediatorId} entry={found.data.entry} onKept={() => void navigate(back)} />
      )}
    </>
  );
}

export const useRegisterFile = (id: string) =>
  useQuery({ queryKey: ['register', 'one', id], queryFn: () => call(RegisterFile, `/register/${id}`), refetchOnWindowFocus: false });
