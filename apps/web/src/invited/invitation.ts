import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { type AnswerInvitation, CodeSent, InvitationView } from '#contract';
import { call } from '../api.js';

const key = ['invitation'];

/** The invitation whose code is in this browser's cookie. */
export const useInvitation = () =>
  useQuery({ queryKey: key, queryFn: () => call(InvitationView, '/invitation'), retry: false, staleTime: 60_000 });

/** Tells the desk that the letter was read to its choices; nobody else learns it, and no answer depends on it. */
export const useUnderstood = () =>
  useMutation({ mutationFn: () => call(InvitationView, '/invitation/understanding', { method: 'PUT', body: {} }) });

export const useInvitationCode = () =>
  useMutation({
    mutationFn: (channel: 'email' | 'sms' | null) =>
      call(CodeSent, '/invitation/codes', { method: 'POST', body: channel ? { channel } : {} }),
  });

export function useAnswerInvitation() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (answer: AnswerInvitation) => call(InvitationView, '/invitation/answer', { method: 'PUT', body: answer }),
    onSuccess: (answered) => cache.setQueryData(key, answered),
  });
}
