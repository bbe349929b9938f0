import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { z } from 'zod';
import { type Role, SessionView } from '#contract';
import { call, Problem } from './api.js';

export const sessionKey = ['session'];

/** Who is signed in: undefined while asking, null for a visitor. */
export function useSession(): SessionView | null | undefined {
  return useQuery({ queryKey: sessionKey, queryFn: askSession, staleTime: 60_000 }).data;
}

async function askSession(): Promise<SessionView | null> {
  try {
    return (await call(SessionView.nullish(), '/sessions/current')) ?? null;
  } catch (refusal) {
    if (refusal instanceof Problem && refusal.code === 'unauthenticated') return null;
    throw refusal;
  }
}

/** Puts the session a call has answered with in place, and forgets what an earlier one had loaded. */
export function useEnter() {
  const cache = useQueryClient();
  return (session: SessionView | null) => {
    cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'reference' });
    cache.setQueryData(sessionKey, session);
  };
}

export function useSignOut() {
  const enter = useEnter();
  return useMutation({ mutationFn: () => call(z.unknown(), '/sessions/current', { method: 'DELETE' }), onSuccess: () => enter(null) });
}

export function useSwitchRole() {
  const enter = useEnter();
  return useMutation({
    mutationFn: (role: Role) => call(SessionView, '/sessions/current/role', { method: 'PUT', body: { role } }),
    onSuccess: enter,
  });
}

/** Where a person of this role begins. */
export const homeOf: Record<Role, string> = {
  citizen: '/cases',
  mediator: '/mediator',
  coordinator: '/desk',
  court: '/court',
  council: '/council',
  administrator: '/admin',
};
