import { queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { z } from 'zod';
import { CurrentSession, type Role, type SessionView } from '#contract';
import { call } from './api.js';
import { forgetKept } from './device.js';
import { forgetDevice } from './notices/device.js';

/** Who is signed in: undefined while asking, null for a visitor. */
export function useSession(): SessionView | null | undefined {
  return useQuery(sessionQuery).data;
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async () => {
    const { session } = await call(CurrentSession, '/sessions/current');
    if (!session?.deviceKey) forgetKept();
    return session;
  },
  staleTime: 60_000,
});

/** Asks anew who is signed in, after a call that changed it, and forgets what an earlier session had loaded. */
export function useRefreshSession() {
  const cache = useQueryClient();
  return async () => {
    cache.removeQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' && queryKey[0] !== 'reference' });
    return cache.fetchQuery({ ...sessionQuery, staleTime: 0 });
  };
}

const forgetting = new Set<() => void>();
/** What a page keeps in memory beside the cache is forgotten when the person signs out. */
export const whenSignedOut = (forget: () => void) => forgetting.add(forget);

export function useSignOut() {
  const refresh = useRefreshSession();
  return useMutation({
    mutationFn: async () => {
      await forgetDevice();
      return call(z.unknown(), '/sessions/current', { method: 'DELETE' });
    },
    onSettled: () => {
      for (const forget of forgetting) forget();
      return refresh();
    },
  });
}

/** Goes where the session leads: its second factor, then the page one was sent from, then the role's own first page. */
export function useArrive() {
  const refresh = useRefreshSession();
  const navigate = useNavigate();
  const [search] = useSearchParams();
  return async () => {
    const session = await refresh();
    const asked = search.get('next') ?? '';
    const next = /^\/(?![/\\])/.test(asked) ? asked : '';
    const gate = session && gateOf(session);
    if (session) await navigate(gate ? `${gate}?next=${encodeURIComponent(next)}` : next || homeOf[session.role], { replace: true });
  };
}

/** What has to be done before anything else opens. */
export const gateOf = ({ secondFactor }: SessionView) =>
  ({ needed: '/sign-in/second-factor', to_set: '/second-factor', none: null, passed: null })[secondFactor];

/** Where a person of this role begins. */
export const homeOf: Record<Role, string> = {
  citizen: '/cases',
  mediator: '/mediator',
  coordinator: '/desk',
  court: '/court',
  council: '/council',
  administrator: '/admin',
};
