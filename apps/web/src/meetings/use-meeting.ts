import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { MeetingDay } from '#contract';
import { call } from '../api.js';

/** Begins with 'cases', so that whatever changes a case has its meetings asked for again. */
const keyOf = (meetingId: string) => ['cases', 'meeting', meetingId];
/** Three beats fit into the silence after which the cabinet takes somebody for gone. */
const beatMs = 15_000;

/** The day of a meeting. A look changes nothing; while the waiting room is open, an open page says that somebody is there. */
export function useMeeting(meetingId: string) {
  const cache = useQueryClient();
  const found = useQuery({ queryKey: keyOf(meetingId), queryFn: () => call(MeetingDay, `/meetings/${meetingId}`) });
  const beHere = useQuery({
    queryKey: ['presence', meetingId],
    queryFn: async () => {
      const day = await call(MeetingDay, `/meetings/${meetingId}/presence`, { method: 'PUT' });
      cache.setQueryData(keyOf(meetingId), day);
      return day;
    },
    enabled: found.data?.actions.includes('wait') ?? false,
    refetchInterval: beatMs,
    refetchIntervalInBackground: true,
    retry: false,
    gcTime: 0,
  });
  return { ...found, isLost: beHere.isError };
}

/** One act on the meeting. Whatever came of it, the meeting and all lists that show it are asked for again. */
export function useMeetingAct<Input = void>(meetingId: string, asked: (input: Input) => { path: string; body?: unknown }) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (input: Input) => {
      const { path, ...request } = asked(input);
      return call(MeetingDay, `/meetings/${meetingId}/${path}`, { method: 'PUT', ...request });
    },
    onSuccess: (day) => cache.setQueryData(keyOf(meetingId), day),
    onSettled: () =>
      cache.invalidateQueries({ predicate: ({ queryKey }) => ['cases', 'schedule', 'meetings'].includes(String(queryKey[0])) }),
  });
}
