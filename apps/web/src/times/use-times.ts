import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type Availability, AvailabilityView, WorkingHours } from '#contract';
import { call } from '../api.js';

const timesKey = ['times'];
export const useTimes = () => useQuery({ queryKey: timesKey, queryFn: () => call(AvailabilityView, '/people/me/availability') });

/** The whole is kept at once; whatever came of it, what stands is what the cabinet answered. */
export function useKeepTimes() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: Availability) => call(AvailabilityView, '/people/me/availability', { method: 'PUT', body }),
    onSuccess: (kept) => cache.setQueryData(timesKey, kept),
  });
}

const hoursKey = ['working-hours'];
export const useWorkingHours = () => useQuery({ queryKey: hoursKey, queryFn: () => call(WorkingHours, '/people/me/working-hours') });

export function useKeepWorkingHours() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: WorkingHours) => call(WorkingHours, '/people/me/working-hours', { method: 'PUT', body }),
    onSuccess: (kept) => cache.setQueryData(hoursKey, kept),
  });
}
