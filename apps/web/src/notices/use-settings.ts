import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { NoticeSettings, type SaveNoticeSettings } from '#contract';
import { call } from '../api.js';

const key = ['notices', 'settings'];

export const useNoticeSettings = () => useQuery({ queryKey: key, queryFn: () => call(NoticeSettings, '/notices/settings') });

export function useSaveNoticeSettings() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (body: SaveNoticeSettings) => call(NoticeSettings, '/notices/settings', { method: 'PUT', body }),
    onSuccess: (saved) => cache.setQueryData(key, saved),
  });
}
