import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { CaseRows, CaseView, type MoveCase, RoomViews, RunningDeadlines, Schedule, Timeline } from '#contract';
import { call, Problem } from '../api.js';

const keyOf = (caseId: string, part = 'case') => [part, caseId];

export const useCases = () =>
  useInfiniteQuery({
    queryKey: ['cases'],
    queryFn: ({ pageParam }) => call(CaseRows, `/cases${pageParam ? `?after=${encodeURIComponent(pageParam)}` : ''}`),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

export const useCase = (caseId: string) => useQuery({ queryKey: keyOf(caseId), queryFn: () => call(CaseView, `/cases/${caseId}`) });

export const useTimeline = (caseId: string) =>
  useQuery({ queryKey: keyOf(caseId, 'timeline'), queryFn: () => call(Timeline, `/cases/${caseId}/timeline`) });

export const useDeadlines = (caseId: string) =>
  useQuery({ queryKey: keyOf(caseId, 'deadlines'), queryFn: () => call(RunningDeadlines, `/cases/${caseId}/deadlines`) });

export const useSchedule = (caseId: string, isLive: boolean) =>
  useQuery({ enabled: isLive, queryKey: keyOf(caseId, 'schedule'), queryFn: () => orNothing(call(Schedule, `/cases/${caseId}/schedule`)) });

/** The rooms this person is a member of; none before mediation has begun. */
export const useRoomDoors = (caseId: string, hasBegun: boolean) =>
  useQuery({ enabled: hasBegun, queryKey: keyOf(caseId, 'rooms'), queryFn: () => orNothing(call(RoomViews, `/cases/${caseId}/rooms`)) });

async function orNothing<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (refusal) {
    if (refusal instanceof Problem && refusal.code === 'not_found') return null;
    throw refusal;
  }
}

export function useMoveCase(caseId: string) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (move: MoveCase) => call(z.unknown(), `/cases/${caseId}/moves`, { method: 'POST', body: move }),
    onSettled: () => cache.invalidateQueries({ predicate: ({ queryKey }) => queryKey.includes(caseId) || queryKey[0] === 'cases' }),
  });
}
