import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { CasePartner } from '#contract';
import { call } from '../api.js';
import { Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { Failure } from '../parts/failure.js';
import { SelectField } from '../parts/text-field.js';
import { useText } from '../words.js';

/** Which partner sent these people; noted once, counted with its memorandum. Nothing where no partner may refer. */
export function PartnerCard({ caseId }: { caseId: string }) {
  const t = useText('council');
  const cache = useQueryClient();
  const [chosen, setChosen] = useState('');
  const path = `/cases/${caseId}/partner`;
  const found = useQuery({ queryKey: ['partner', caseId], queryFn: () => call(CasePartner, path) });
  const note = useMutation({
    mutationFn: () => call(CasePartner, path, { method: 'PUT', body: { memorandumId: chosen } }),
    onSuccess: (noted) => cache.setQueryData(['partner', caseId], noted),
  });
  if (!found.data || (!found.data.partner && found.data.choices.length === 0)) return null;
  const { partner, choices } = found.data;
  return (
    <Card title={t('council.partner')}>
      {partner ? (
        <p>{t('council.partner.noted', { partner })}</p>
      ) : (
        <>
          <SelectField
            name="partner"
            label={t('council.partner.which')}
            hint={t('council.partner.hint')}
            value={chosen}
            onChange={({ target }) => setChosen(target.value)}
          >
            <option value="">{t('council.partner.choose')}</option>
            {choices.map(({ id, partner: name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
          <Button small tone="second" busy={note.isPending} disabled={!chosen} onClick={() => note.mutate()}>
            {t('council.partner.note')}
          </Button>
          {note.isError && <Failure of={note.error} />}
        </>
      )}
    </Card>
  );
}
