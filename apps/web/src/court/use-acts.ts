import { useMutation, useQueryClient } from '@tanstack/react-query';
import { CourtActs } from '#contract';
import { call } from '../api.js';

type Change = { path: string; method: 'POST' | 'PUT'; body: unknown; key?: string };

/** One entry or decision; whatever came of it, all of the court's pages are asked for again. */
export function useActs<Input>(caseId: string, asked: (input: Input) => Change, onDone?: () => void) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => {
      const { path, ...request } = asked(input);
      return call(CourtActs, path, request);
    },
    onSuccess: (acts) => {
      cache.setQueryData(['court', 'acts', caseId], acts);
      onDone?.();
    },
    onSettled: () => cache.invalidateQueries({ queryKey: ['court'] }),
  });
}
