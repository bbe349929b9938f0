import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { NoticePage } from '#contract';
import { call } from '../api.js';

export const useUnreadNotices = () =>
  useQuery({ queryKey: ['notices', 'unread'], queryFn: () => call(NoticePage, '/notices?limit=1'), staleTime: 30_000 }).data?.unread ?? 0;

export const useNotices = () =>
  useInfiniteQuery({
    queryKey: ['notices', 'list'],
    queryFn: ({ pageParam }) => call(NoticePage, `/notices${pageParam ? `?after=${encodeURIComponent(pageParam)}` : ''}`),
    initialPageParam: '',
    getNextPageParam: ({ next }) => next,
  });

/** Everything up to and with this notice has been seen. */
export function useMarkNoticesRead() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (upTo: string) => call(z.unknown(), '/notices/read-mark', { method: 'PUT', body: { upTo } }),
    onSettled: () => cache.invalidateQueries({ queryKey: ['notices'] }),
  });
}
