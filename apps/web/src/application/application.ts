import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { ApplicationView, type SaveApplication } from '#contract';
import { call } from '../api.js';

const keyOf = (caseId: string) => ['application', caseId];

export const useApplication = (caseId: string) =>
  useQuery({ queryKey: keyOf(caseId), queryFn: () => call(ApplicationView, `/cases/${caseId}/application`), staleTime: 0 });

/** Saves one page; what the server then finds missing comes back with the answers. */
export function useSaveAnswers(caseId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (page: SaveApplication) => call(ApplicationView, `/cases/${caseId}/application`, { method: 'PUT', body: page }),
    onSuccess: (saved) => cache.setQueryData(keyOf(caseId), saved),
  });
}
