import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { v7 as newId } from 'uuid';
import { z } from 'zod';
import { ComplaintSubject, MakeComplaint } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { SelectField, TextArea } from '../parts/text-field.js';
import { WhoSees } from '../parts/who-sees.js';
import { useText } from '../words.js';
import { complaintsKey } from './complaints-page.js';

const desk = 'desk';

/** Of a mediator of one's own cases, or of the desk; who reads it is said before it is sent. */
export function ComplaintForm() {
  const t = useText('complaints');
  const cache = useQueryClient();
  const { complaints, attempt, check } = useComplaints();
  const [id] = useState(() => newId());
  const [about, setAbout] = useState('');
  const subjects = useQuery({
    queryKey: [...complaintsKey, 'subjects'],
    queryFn: () => call(z.array(ComplaintSubject), '/complaints/subjects'),
  });
  const make = useMutation({
    mutationFn: (body: MakeComplaint) => call(z.unknown(), '/complaints', { method: 'POST', body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: complaintsKey }),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const [caseId = null, mediatorId = null] = about.includes(' ') ? about.split(' ') : [];
    const words = String(new FormData(event.currentTarget).get('words') ?? '');
    const read = check(MakeComplaint, { id, about: about === '' ? null : about === desk ? 'desk' : 'mediator', caseId, mediatorId, words });
    if (read && !make.isPending) make.mutate(read);
  };
  return (
    <form noValidate onSubmit={submit}>
      <ErrorSummary complaints={complaints} attempt={attempt} />
      <SelectField
        name="about"
        label={t('complaints.whom')}
        value={about}
        onChange={({ target }) => setAbout(target.value)}
        complaint={complaints['about']}
      >
        <option value="">–</option>
        {subjects.data?.map(({ caseId, mediatorId, mediator, number }) => (
          <option key={`${caseId} ${mediatorId}`} value={`${caseId} ${mediatorId}`}>
            {[t('complaints.about', { name: mediator }), number].filter(Boolean).join(', ')}
          </option>
        ))}
        <option value={desk}>{t('complaints.about.desk')}</option>
      </SelectField>
      <TextArea
        name="words"
        label={t('complaints.words')}
        hint={t('complaints.words.hint')}
        rows={6}
        maxLength={4000}
        complaint={complaints['words']}
      />
      <WhoSees>{t(about === desk ? 'complaints.sees.desk' : 'complaints.sees.mediator')}</WhoSees>
      {subjects.error && <Failure of={subjects.error} onRetry={() => void subjects.refetch()} />}
      {make.error && <Failure of={make.error} />}
      <Actions>
        <Button type="submit" busy={make.isPending}>
          {t('complaints.send')}
        </Button>
      </Actions>
    </form>
  );
}
