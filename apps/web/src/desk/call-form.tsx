import type { FormEvent } from 'react';
import { callOutcomes, type CaseView, LogCall } from '#contract';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { SelectField } from '../parts/text-field.js';
import { useText } from '../words.js';

type Props = { caseId: string; parties: CaseView['parties']; /** It is what is to be done now. */ isDue?: boolean };

/** That the desk telephoned, whom, and what came of it; never what was said. */
export function CallForm({ caseId, parties, isDue = false }: Props) {
  const t = useText('desk');
  const log = useCaseChange<LogCall>(caseId, (body) => ({ path: `/cases/${caseId}/calls`, method: 'POST', body }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const asked = LogCall.safeParse(Object.fromEntries(new FormData(event.currentTarget)));
    if (asked.success && !log.isPending) log.mutate(asked.data);
  };
  return (
    <form noValidate onSubmit={submit}>
      {parties.length === 1 ? (
        <input type="hidden" name="partyId" value={parties[0]!.id} />
      ) : (
        <SelectField name="partyId" label={t('desk.call.who')}>
          {parties.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </SelectField>
      )}
      <SelectField name="outcome" label={t('desk.call.how')} hint={t('desk.call.note')}>
        {callOutcomes.map((outcome) => (
          <option key={outcome} value={outcome}>
            {t(`desk.call.${outcome}`)}
          </option>
        ))}
      </SelectField>
      {log.error && <Failure of={log.error} />}
      <Actions>
        <Button type="submit" tone={isDue ? 'primary' : 'second'} busy={log.isPending}>
          {t('desk.call.save')}
        </Button>
      </Actions>
    </form>
  );
}
