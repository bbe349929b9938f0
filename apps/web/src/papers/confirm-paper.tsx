import { useMutation, useQueryClient } from '@tanstack/react-query';
import { type FormEvent, useEffect, useRef } from 'react';
import { CodeSent, type PaperView } from '#contract';
import { timeInWords } from '#language';
import { call, Problem } from '../api.js';
import { useComplaints } from '../complaints.js';
import { useCaseChange } from '../live/use-case-change.js';
import { Actions, Button } from '../parts/button.js';
import { Card } from '../parts/card.js';
import { CodeInput } from '../parts/code-input.js';
import { Failure } from '../parts/failure.js';
import { useText } from '../words.js';
import { ConfirmBySlip } from './confirm-by-slip.js';
import { ForWhom, isForNobody, named } from './for-whom.js';

type Props = { paper: PaperView; isDrafter: boolean };
const digits = 6;

/** Two steps: ask for a code, then type it beside the words "I confirm this text". */
export function ConfirmPaper({ paper, isDrafter }: Props) {
  const t = useText('papers');
  const bySlip = paper.method === 'slip';
  const ask = useMutation({ mutationFn: () => call(CodeSent, `/papers/${paper.id}/codes`, { method: 'POST' }) });
  return (
    <Card kind="panel" title={t('papers.confirm.title')} live>
      <p>{t(`papers.confirm.${paper.kind}`)}</p>
      {!ask.data && <p>{t(isDrafter ? 'papers.confirm.free.mediator' : 'papers.confirm.free')}</p>}
      {ask.error && <Failure of={ask.error} />}
      {bySlip && <ConfirmBySlip paper={paper} />}
      {ask.data ? (
        <TypeCode key={ask.data.codeId} paper={paper} sent={ask.data} onAgain={() => ask.mutate()} isAsking={ask.isPending} />
      ) : (
        !bySlip && (
          <Actions>
            <Button wide busy={ask.isPending} onClick={() => ask.mutate()}>
              {t('papers.confirm.ask')}
            </Button>
          </Actions>
        )
      )}
    </Card>
  );
}

type TypeProps = { paper: PaperView; sent: CodeSent; isAsking: boolean; onAgain: () => void };

function TypeCode({ paper, sent, isAsking, onAgain }: TypeProps) {
  const t = useText('papers');
  const cache = useQueryClient();
  const form = useRef<HTMLFormElement>(null);
  const { complaints, note } = useComplaints();
  const confirm = useCaseChange<{ code: string; partyIds?: string[] }>(paper.caseId, (said) => ({
    path: `/papers/${paper.id}/confirmation`,
    body: { codeId: sent.codeId, hash: paper.hash, ...said },
  }));
  useEffect(() => form.current?.querySelector<HTMLInputElement>('input[name=code]')?.focus(), []);

  const submit = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const form = new FormData(event.currentTarget);
    const code = String(form.get('code')).replaceAll(/\s/g, '');
    const isWhole = new RegExp(`^\\d{${digits}}$`).test(code);
    const forNobody = isForNobody(paper, form);
    note({ ...(!isWhole && { code: code ? 'code' : 'required' }), ...(forNobody && { partyIds: 'choose' }) });
    if (isWhole && !forNobody && !confirm.isPending)
      confirm.mutate({ code, ...named(paper, form) }, { onError: (refusal) => isStale(refusal) && void cache.invalidateQueries() });
  };

  return (
    <form ref={form} noValidate onSubmit={submit}>
      <p>{t(`papers.confirm.sent.${sent.channel}`, { until: timeInWords(sent.expiresAt) })}</p>
      <ForWhom paper={paper} complaint={complaints['partyIds']} />
      <CodeInput label={t('papers.confirm.code')} complaint={complaints['code']} />
      {confirm.error && <Failure of={confirm.error} />}
      <Actions>
        <Button type="submit" wide busy={confirm.isPending}>
          {t('papers.confirm.button')}
        </Button>
        <Button tone="quiet" busy={isAsking} onClick={onAgain}>
          {t('papers.confirm.again')}
        </Button>
      </Actions>
    </form>
  );
}

/** The text was changed meanwhile: the new one is read before anything else. */
export const isStale = (refusal: unknown) => refusal instanceof Problem && refusal.code === 'contract.hash_differs';
