import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import type { SessionView } from '#contract';
import { forgetTyped, keepWhenEnded, typedBy } from './application/typed.js';
import { sessionQuery, whenSignedOut } from './session.js';

const of = (id: string): SessionView => ({
  person: { id, surname: 'Мұратова', given: 'Күләш', patronymic: '', language: 'kk' },
  role: 'citizen',
  roles: ['citizen'],
  courtId: null,
  secondFactor: 'none',
  ownDevice: false,
  atHouse: false,
  deviceKey: null,
});
const [a, b] = [of('01900000-0000-7000-8000-00000000000a'), of('01900000-0000-7000-8000-00000000000b')];
const typed = { personId: a.person.id, where: 'case/story', answers: { claimText: 'жарым сөз' }, replies: { desiredOutcome: 'солай' } };

/** The cabinet says who is signed in; the page asks as it does when it was sent away. */
async function comes(cache: QueryClient, session: SessionView | null) {
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ session }), { headers: { 'content-type': 'application/json' } }));
  return cache.fetchQuery({ ...sessionQuery, staleTime: 0 });
}

function pageOf(session: SessionView) {
  const cache = new QueryClient();
  cache.setQueryData(['session'], session);
  cache.setQueryData(['cases'], 'what was asked for by whoever was here');
  cache.setQueryData(['reference'], 'the same for everybody');
  const memory = { words: ['жазба'] };
  whenSignedOut(() => memory.words.splice(0).length);
  const stop = keepWhenEnded(() => typed);
  return { cache, memory, stop };
}

afterEach(() => {
  vi.unstubAllGlobals();
  forgetTyped();
});

it('leaves nothing of one person to another who signs in beside her, in the same browser', async () => {
  const { cache, memory, stop } = pageOf(a);
  await comes(cache, b);
  stop();
  expect(cache.getQueryData(['cases'])).toBeUndefined();
  expect(cache.getQueryData(['reference'])).toBeDefined();
  expect(memory.words).toEqual([]);
  expect(typedBy(a.person.id, 'case/story')).toBeNull();
  expect(typedBy(b.person.id, 'case/story')).toBeNull();
});

it('leaves nothing to another who signs in after the session was ended from elsewhere; to the same person what she was typing, replies included', async () => {
  const { cache, memory, stop } = pageOf(a);
  await comes(cache, null);
  expect([cache.getQueryData(['cases']), memory.words]).toEqual([undefined, []]);
  await comes(cache, a);
  stop();
  expect(typedBy(a.person.id, 'case/story')?.replies).toEqual({ desiredOutcome: 'солай' });
  await comes(cache, b);
  expect(typedBy(a.person.id, 'case/story')).toBeNull();
});

it('keeps all of it while the same person is there', async () => {
  const { cache, memory, stop } = pageOf(a);
  await comes(cache, a);
  stop();
  expect(cache.getQueryData(['cases'])).toBeDefined();
  expect(memory.words).toEqual(['жазба']);
});
