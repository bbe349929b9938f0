import { useQuery } from '@tanstack/react-query';
import { Schedule } from '#contract';
import { call } from '../api.js';
import { orNothing } from '../live/or-nothing.js';

export const scheduleQuery = (caseId: string) => ({
  queryKey: ['schedule', caseId],
  queryFn: () => orNothing(call(Schedule, `/cases/${caseId}/schedule`)),
});
export const useSchedule = (caseId: string) => useQuery(scheduleQuery(caseId));
