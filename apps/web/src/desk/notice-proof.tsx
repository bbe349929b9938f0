import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { callOutcomes, type CaseView, LogCall } from '#contract';
import { download } from '../api.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { SelectField } from '../parts/text-field.js';
import { useText } from '../words.js';

type Props = { caseId: string; parties: CaseView['parties'] };

/** What the desk can show of how a side was told, and where it writes down that it telephoned. */
export function NoticeProof({ caseId, parties }: Props) {
  const t = useText('desk');
  return (
    <>
      <h3>{t('desk.proof')}</h3>
      <p className="small muted">{t('desk.proof.lead')}</p>
      <Actions>
        {(['A', 'B'] as const)
          .filter((side) => parties.some((party) => party.side === side))
          .map((side) => (
            <Certificate key={side} caseId={caseId} side={side} />
          ))}
      </Actions>
      <details>
        <summary>{t('desk.call.log')}</summary>
        <CallForm caseId={caseId} parties={parties} />
      </details>
    </>
  );
}

function Certificate({ caseId, side }: { caseId: string; side: 'A' | 'B' }) {
  const t = useText('desk');
  const cache = useQueryClient();
  const save = useMutation({
    mutationFn: () => download(`/cases/${caseId}/notice-certificates`, { side }),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['timeline', caseId] }),
  });
  return (
    <div>
      {save.error && <Failure of={save.error} />}
      <Button small tone="second" busy={save.isPending} onClick={() => save.mutate()}>
        {t(`desk.proof.${side}`)}
      </Button>
    </div>
  );
}

function CallForm({ caseId, parties }: Props) {
  const t = useText('desk');
  const log = useCaseChange<LogCall>(caseId, (body) => ({ path: `/cases/${caseId}/calls`, method: 'POST', body }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = LogCall.safeParse(Object.fromEntries(new FormData(event.currentTarget)));
    if (asked.success && !log.isPending) log.mutate(asked.data);
  };
  return (
    <form noValidate onSubmit={submit}>
      <SelectField name="partyId" label={t('desk.call.who')}>
        {parties.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </SelectField>
      <SelectField name="outcome" label={t('desk.call.how')} hint={t('desk.call.note')}>
        {callOutcomes.map((outcome) => (
          <option key={outcome} value={outcome}>
            {t(`desk.call.${outcome}`)}
          </option>
        ))}
      </SelectField>
      {log.error && <Failure of={log.error} />}
      <Actions>
        <Button type="submit" tone="second" busy={log.isPending}>
          {t('desk.call.save')}
        </Button>
      </Actions>
    </form>
  );
}
