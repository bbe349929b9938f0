import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { FormEvent } from 'react';
import { z } from 'zod';
import { type DeliveryView, PostLetter } from '#contract';
import { call, download } from '../api.js';
import { useComplaints } from '../complaints.js';
import { Actions, Button } from '../parts/button.js';
import { Failure } from '../parts/failure.js';
import { TextField } from '../parts/text-field.js';
import { useText } from '../words.js';

/** A notice on paper: printed, taken to the post, and said to be. */
export function LetterActs({ row: { id, caseId } }: { row: DeliveryView }) {
  const t = useText('delivery');
  const cache = useQueryClient();
  const { complaints, check } = useComplaints({ track: 'track' });
  const print = useMutation({
    mutationFn: () => download(`/desk/notices/${id}/prints`, {}),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['timeline', caseId] }),
  });
  const post = useMutation({
    mutationFn: (body: PostLetter) => call(z.unknown(), `/desk/notices/${id}/posting`, { method: 'PUT', body }),
    onSettled: () => Promise.all([['desk'], ['timeline', caseId]].map((queryKey) => cache.invalidateQueries({ queryKey }))),
  });
  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const posted = check(PostLetter, Object.fromEntries(new FormData(event.currentTarget)));
    if (posted && !post.isPending) post.mutate(posted);
  };
  return (
    <div className="stack">
      {(print.error ?? post.error) && <Failure of={print.error ?? post.error} />}
      <Button small tone="second" busy={print.isPending} onClick={() => print.mutate()}>
        {t('delivery.letter.print')}
      </Button>
      <details>
        <summary>{t('delivery.letter.posted')}</summary>
        <form noValidate onSubmit={submit}>
          <TextField
            name="track"
            label={t('delivery.letter.track')}
            hint={t('delivery.letter.track.hint')}
            complaint={complaints['track']}
            width="middle"
            autoCapitalize="characters"
            autoComplete="off"
            spellCheck={false}
          />
          <Actions>
            <Button type="submit" small busy={post.isPending}>
              {t('delivery.letter.post')}
            </Button>
          </Actions>
        </form>
      </details>
    </div>
  );
}
