import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useState } from 'react';
import { z } from 'zod';
import { type MediatorStanding, type RegisterFile, SetStanding, standingGrounds } from '#contract';
import { call } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { DayField } from '../parts/day-field.js';
import { ErrorSummary } from '../parts/error-summary.js';
import { Failure } from '../parts/failure.js';
import { SelectField } from '../parts/text-field.js';
import { useText } from '../words.js';

/** From which day on which ground somebody may not mediate, or may again. What it does is said before it is done. */
export function StandingForm({ id, file: { row, status: kept, entry } }: { id: string; file: RegisterFile }) {
  const t = useText('register');
  const cache = useQueryClient();
  const { complaints, attempt, check, take } = useComplaints();
  const possible: MediatorStanding[] = [...(kept === 'active' ? [] : ['active' as const]), 'suspended', 'excluded'];
  const [status, setStatus] = useState<MediatorStanding>(row.standing === 'active' ? 'suspended' : 'active');
  const change = useMutation({
    mutationFn: (body: SetStanding) => call(z.unknown(), `/register/${id}/standing`, { method: 'PUT', body }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['register'] }),
    onError: (refusal) => void take(refusal),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const read = check(SetStanding, { ...Object.fromEntries(form), until: form.get('until') ?? '', version: entry.version });
    if (read && !change.isPending) change.mutate(read);
  };
  const labels = { from: t('register.change.from'), until: t('register.change.until'), ground: t('register.change.ground') };
  return (
    <Card title={t('register.change')}>
      <p>{t('register.change.lead')}</p>
      <form noValidate onSubmit={submit}>
        <ErrorSummary complaints={complaints} attempt={attempt} labels={labels} />
        <SelectField
          name="status"
          label={t('register.change.status')}
          width="middle"
          value={status}
          onChange={({ target }) => setStatus(target.value as MediatorStanding)}
        >
          {possible.map((one) => (
            <option key={one} value={one}>
              {t(`register.change.${one}`)}
            </option>
          ))}
        </SelectField>
        <DayField name="from" label={labels.from} complaint={complaints['from']} />
        {status === 'suspended' && (
          <DayField name="until" label={labels.until} hint={t('register.change.until.hint')} optional complaint={complaints['until']} />
        )}
        <SelectField key={status} name="ground" label={labels.ground} width="middle" complaint={complaints['ground']}>
          <option value="">–</option>
          {standingGrounds[status].map((one) => (
            <option key={one} value={one}>
              {t(`register.ground.${one}`)}
            </option>
          ))}
        </SelectField>
        {change.error && Object.keys(complaints).length === 0 && <Failure of={change.error} />}
        <Actions>
          <Button type="submit" tone="second" busy={change.isPending}>
            {t('register.change.send')}
          </Button>
        </Actions>
      </form>
    </Card>
  );
}
