import { useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import type { PaperView } from '#contract';
import { useComplaints } from '../complaints.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { TextField } from '../parts/text-field.js';
import { useText } from '../words.js';
import { ForWhom, isForNobody, named } from './for-whom.js';

/** At the House's computer, of who has no telephone: the code stands on the slip in his hand. */
export function ConfirmBySlip({ paper }: { paper: PaperView }) {
  const t = useText('papers');
  const cache = useQueryClient();
  const { complaints, note } = useComplaints();
  const confirm = useCaseChange<{ slip: string; partyIds?: string[] }>(paper.caseId, (said) => ({
    path: `/papers/${paper.id}/confirmation`,
    body: { hash: paper.hash, ...said },
  }));
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const slip = String(form.get('slip')).trim();
    const forNobody = isForNobody(paper, form);
    note({ ...(!slip && { slip: 'required' }), ...(forNobody && { partyIds: 'choose' }) });
    if (slip && !forNobody && !confirm.isPending)
      confirm.mutate({ slip, ...named(paper, form) }, { onError: () => void cache.invalidateQueries() });
  };
  return (
    <form noValidate onSubmit={submit} autoComplete="off">
      <ForWhom paper={paper} complaint={complaints['partyIds']} />
      <TextField
        name="slip"
        label={t('papers.confirm.slip')}
        hint={t('papers.confirm.slip.hint')}
        complaint={complaints['slip']}
        width="middle"
        autoCapitalize="characters"
        autoComplete="off"
        spellCheck={false}
        maxLength={40}
      />
      {confirm.error && <Failure of={confirm.error} />}
      <Actions>
        <Button type="submit" wide busy={confirm.isPending}>
          {t('papers.confirm.button')}
        </Button>
      </Actions>
    </form>
  );
}
