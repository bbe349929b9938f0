import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { ApplicationView } from '#contract';
import { call } from '../api.js';
import { Failure } from '../parts/failure.js';
import { Waiting } from '../parts/waiting.js';
import { useLanguage } from '../words.js';
import { forgetDraft, waitingDraft } from './new-draft.js';
import { steps } from './steps.js';

/** Opens the draft once, however often this page is drawn: its id was made before. */
export function OpenDraftPage() {
  const language = useLanguage();
  const navigate = useNavigate();
  const cache = useQueryClient();
  const { mutate, error } = useMutation({
    mutationFn: () => call(ApplicationView, '/cases', { method: 'POST', body: { language, ...waitingDraft() } }),
    onSuccess: ({ caseId, answers }) => {
      forgetDraft();
      cache.removeQueries({ queryKey: ['cases'] });
      return navigate(`/apply/${caseId}/${steps[answers.category ? 1 : 0]?.id}`, { replace: true });
    },
  });
  useEffect(() => mutate(), [mutate]);
  return error ? <Failure of={error} onRetry={() => mutate()} /> : <Waiting />;
}
