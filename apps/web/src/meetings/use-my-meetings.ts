import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { OwnMeetings } from '#contract';
import { call } from '../api.js';

/** One's own meetings of all cases in a span, soonest first. */
export const useMyMeetings = (from: string, to: string) =>
  useQuery({
    queryKey: ['cases', 'meetings', from, to],
    queryFn: () => call(OwnMeetings, `/meetings?${new URLSearchParams({ from, to })}`),
    placeholderData: keepPreviousData,
  });
