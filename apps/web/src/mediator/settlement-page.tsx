import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useParams } from 'react-router';
import { DraftPaper, PaperView } from '#contract';
import { wholeNumber } from '#language';
import { call } from '../api.js';
import { readAmount } from '../application/amount-from-form.js';
import { useCase } from '../cases/cases.js';
import { useComplaints } from '../complaints.js';
import { Failure } from '../parts/failure.js';
import { RadioCards } from '../parts/option-cards.js';
import { QuestionPage } from '../parts/question-page.js';
import { TextArea, TextField } from '../parts/text-field.js';
import { Waiting } from '../parts/waiting.js';
import { useText } from '../words.js';

/** The settlement's text in both languages; what stood before is there to be changed. */
export function SettlementPage() {
  const { caseId = '' } = useParams();
  const found = useCase(caseId);
  const settlements = found.data?.papers.filter(({ kind }) => kind === 'settlement') ?? [];
  // What is being written, or what the court did not approve: the last of those is where a new text begins.
  const standing = (settlements.find(({ concluded }) => !concluded) ?? settlements.findLast(({ superseded }) => superseded))?.id;
  const paper = useQuery({
    queryKey: ['paper', standing],
    queryFn: () => call(PaperView, `/papers/${standing}`),
    enabled: standing !== undefined,
  });
  const refusal = found.error ?? paper.error;
  if (refusal) return <Failure of={refusal} />;
  if (found.isPending || (standing && paper.isPending)) return <Waiting />;
  return <SettlementForm caseId={caseId} before={paper.data ?? null} />;
}

function SettlementForm({ caseId, before }: { caseId: string; before: PaperView | null }) {
  const t = useText('mediator');
  const cache = useQueryClient();
  const navigate = useNavigate();
  const { complaints, attempt, check, take } = useComplaints();
  const draft = useMutation({
    mutationFn: (body: DraftPaper) => call(PaperView, `/cases/${caseId}/papers`, { method: 'POST', body }),
    onError: take,
    onSuccess: ({ id }) => {
      void cache.invalidateQueries({ queryKey: ['case', caseId] });
      void navigate(`/papers/${id}`);
    },
  });
  const shown = complaints['scope'] ? { ...complaints, scope: 'choose' } : complaints;
  const send = (form: FormData) => {
    const text = { kk: String(form.get('text.kk')), ru: String(form.get('text.ru')) };
    const asked = check(DraftPaper, { kind: 'settlement', scope: form.get('scope') ?? undefined, text, ...readAmount(form) });
    if (asked) draft.mutate(asked);
  };

  return (
    <QuestionPage
      title={t('mediator.settlement.title')}
      intro={t('mediator.settlement.lead')}
      back={`/mediator/cases/${caseId}`}
      why={t('mediator.settlement.hint')}
      whoSees={t('mediator.settlement.kept')}
      complaints={shown}
      attempt={attempt}
      labels={{
        scope: t('mediator.settlement.scope'),
        'text.kk': t('mediator.settlement.kk'),
        'text.ru': t('mediator.settlement.ru'),
        amountKzt: t('mediator.settlement.amount'),
      }}
      refusal={draft.error}
      busy={draft.isPending}
      send={t('mediator.settlement.save')}
      onSend={send}
    >
      <RadioCards
        name="scope"
        legend={t('mediator.settlement.scope')}
        complaint={shown['scope']}
        chosen={before?.scope}
        options={(['full', 'partial'] as const).map((value) => ({
          value,
          label: t(`mediator.settlement.${value}`),
          hint: t(`mediator.settlement.${value}.hint`),
        }))}
      />
      {(['kk', 'ru'] as const).map((language) => (
        <TextArea
          key={language}
          name={`text.${language}`}
          label={t(`mediator.settlement.${language}`)}
          lang={language}
          rows={12}
          maxLength={20_000}
          defaultValue={before?.text[language]}
          complaint={complaints[`text.${language}`]}
        />
      ))}
      <TextField
        name="amountKzt"
        label={t('mediator.settlement.amount')}
        hint={t('mediator.settlement.amount.hint')}
        width="middle"
        inputMode="numeric"
        defaultValue={before?.amountKzt ? wholeNumber(before.amountKzt) : ''}
        complaint={complaints['amountKzt']}
      />
    </QuestionPage>
  );
}
