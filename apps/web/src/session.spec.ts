import { QueryClient } from '@tanstack/react-query';
import { afterEach, expect, it, vi } from 'vitest';
import { forgetTyped, keepWhenEnded, typedBy } from './application/typed.js';
import { sessionQuery, whenSignedOut } from './session.js';

const of = (id: string) => ({ person: { id }, role: 'citizen', deviceKey: null }) as never;
const [a, b] = [of('01900000-0000-7000-8000-00000000000a'), of('01900000-0000-7000-8000-00000000000b')];
const idOf = (session: unknown) => (session as { person: { id: string } }).person.id;
const typed = { personId: idOf(a), where: 'case/story', answers: { story: 'жарым сөз' } as never, replies: { wish: 'солай' } };

/** The cabinet says who is signed in; the page asks as it does when it was sent away. */
async function comes(cache: QueryClient, session: unknown) {
  vi.stubGlobal('navigator', {});
  vi.stubGlobal('fetch', async () => new Response(JSON.stringify({ session }), { headers: { 'content-type': 'application/json' } }));
  const schema = await import('#contract');
  vi.spyOn(schema.CurrentSession, 'safeParse').mockReturnValue({ success: true, data: { session } } as never);
  return cache.fetchQuery({ ...sessionQuery, staleTime: 0 });
}

function pageOf(session: unknown) {
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
  vi.restoreAllMocks();
  forgetTyped();
});

it('leaves nothing of one person to another who signs in beside her, in the same browser', async () => {
  const { cache, memory, stop } = pageOf(a);
  await comes(cache, b);
  stop();
  expect(cache.getQueryData(['cases'])).toBeUndefined();
  expect(cache.getQueryData(['reference'])).toBeDefined();
  expect(memory.words).toEqual([]);
  expect(typedBy(idOf(a), 'case/story')).toBeNull();
  expect(typedBy(idOf(b), 'case/story')).toBeNull();
});

it('leaves nothing to another who signs in after the session was ended from elsewhere; to the same person what she was typing, replies included', async () => {
  const { cache, memory, stop } = pageOf(a);
  await comes(cache, null);
  expect([cache.getQueryData(['cases']), memory.words]).toEqual([undefined, []]);
  await comes(cache, a);
  stop();
  expect(typedBy(idOf(a), 'case/story')?.replies).toEqual({ wish: 'солай' });
  await comes(cache, b);
  expect(typedBy(idOf(a), 'case/story')).toBeNull();
});

it('keeps all of it while the same person is there', async () => {
  const { cache, memory, stop } = pageOf(a);
  await comes(cache, a);
  stop();
  expect(cache.getQueryData(['cases'])).toBeDefined();
  expect(memory.words).toEqual(['жазба']);
});
