import { type QueryClient, queryOptions, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearchParams } from 'react-router';
import { z } from 'zod';
import { CurrentSession, type Role, type SessionView } from '#contract';
import { call } from './api.js';
import { forgetKept, forgetWorker } from './device.js';
import { forgetLost, lostEarly } from './layout/early.js';

/** Who is signed in: undefined while asking, null for a visitor. */
export function useSession(): SessionView | null | undefined {
  return useQuery(sessionQuery).data;
}

/** Nobody has answered who is signed in: there is no line. */
export function useIsUnanswered(): boolean {
  const { data, isError, fetchStatus } = useQuery(sessionQuery);
  return data === undefined && (isError || fetchStatus === 'paused');
}

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: async ({ client }) => {
    const before = client.getQueryData<SessionView | null>(['session']) ?? null;
    const session = (await ask()) ?? (before ? await askOnceMore() : null);
    if (before && session && before.person.id !== session.person.id) {
      endHere(client);
      forgetKept(); // somebody else has come, with this page open: nothing of whoever was here before
    }
    if (session) for (const hear of coming) hear(session.person.id);
    if (!session?.deviceKey) forgetKept();
    if (!session) void forgetWorker();
    else if (before) await handOver(before, session);
    if (!session && client.getQueryData(['session'])) endHere(client);
    return session;
  },
  staleTime: 60_000,
});

const ask = async () => (await call(CurrentSession, '/sessions/current')).session;

/** A change of role, here or in another tab, ends a session a moment before its cookie is replaced. */
const settling = 1_000;
async function askOnceMore() {
  await new Promise((resolve) => setTimeout(resolve, settling));
  return ask();
}

async function handOver(before: SessionView, { person, deviceKey }: SessionView) {
  if (!before.deviceKey || !deviceKey || before.deviceKey === deviceKey || before.person.id !== person.id) return;
  const { Kept } = await import('./rooms/kept.js');
  await Kept.handOver(person.id, before.deviceKey, deviceKey).catch(() => undefined);
}

/** Ended from elsewhere: nothing stays here, and whoever sits here is told. */
let lost: number | null = null;
function endHere(cache: QueryClient) {
  for (const keep of ending) keep();
  lost = forgetAll();
  cache.removeQueries({ predicate: isOfSession });
}
/** How much was written and not sent when the session was ended from elsewhere; null when it was not. */
export const lostByEnd = () => lost ?? (lostEarly() || null);

/** Asks anew who is signed in, after a call that changed it, and forgets what an earlier session had loaded. */
export function useRefreshSession() {
  const cache = useQueryClient();
  return async () => {
    cache.removeQueries({ predicate: isOfSession });
    lost = null;
    forgetLost();
    return cache.fetchQuery({ ...sessionQuery, staleTime: 0 });
  };
}

const isOfSession = ({ queryKey }: { queryKey: readonly unknown[] }) => queryKey[0] !== 'session' && queryKey[0] !== 'reference';

/** Each forgets its own, and says how much of it was not sent yet. */
const forgetting = new Set<() => number>();
/** What a page keeps in memory beside the cache is forgotten when the session ends. */
export const whenSignedOut = (forget: () => number) => forgetting.add(forget);
const forgetAll = () => [...forgetting].reduce((sum, forget) => sum + forget(), 0);

/** What may wait for the same person is put aside before the page forgets; returns how to stop. */
const ending = new Set<() => void>();
export const whenEnded = (keep: () => void) => {
  ending.add(keep);
  return () => void ending.delete(keep);
};
const coming = new Set<(personId: string) => void>();
export const whenSomebodyCame = (hear: (personId: string) => void) => coming.add(hear);

export function useSignOut() {
  const cache = useQueryClient();
  const refresh = useRefreshSession();
  return useMutation({
    mutationFn: async () => {
      const notices = import('./notices/device.js').then(({ forgetDevice }) => forgetDevice());
      await notices.catch(() => undefined); // without a line its file may not come: what was kept here goes all the same
      return call(z.unknown(), '/sessions/current', { method: 'DELETE' });
    },
    onSettled: (_, refusal) => {
      forgetAll();
      forgetKept();
      if (!refusal) cache.setQueryData(['session'], null);
      return refresh().catch(() => undefined);
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
