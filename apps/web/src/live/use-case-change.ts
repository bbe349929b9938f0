import { useMutation, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import type { MoveCase } from '#contract';
import { call } from '../api.js';

type Change = { path: string; method?: 'POST' | 'PUT' | 'DELETE'; body?: unknown };

/** One change of a case. Whatever came of it, all that pages show of this case is asked for again: somebody else may have been first. */
export function useCaseChange<Input = void>(caseId: string, asked: (input: Input) => Change, onDone?: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => {
      const { path, ...request } = asked(input);
      return call(z.unknown(), path, { method: 'PUT', ...request });
    },
    onSuccess: () => onDone?.(),
    onSettled: () =>
      cache.invalidateQueries({
        predicate: ({ queryKey }) => queryKey.includes(caseId) || ['cases', 'offers', 'paper'].includes(String(queryKey[0])),
      }),
  });
}

export const useMove = (caseId: string, onDone?: () => void) =>
  useCaseChange<MoveCase>(caseId, (body) => ({ path: `/cases/${caseId}/moves`, method: 'POST', body }), onDone);
