import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { newId } from '#platform';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { atOnce, type People, peopleOn } from '../../test/support/people.js';

let fresh: FreshDatabase;
let here: People;
const visitor = { id: null, role: 'visitor' } as const;
const phone = { channel: 'sms', contact: '+77010000001' } as const;
beforeAll(async () => {
  fresh = await freshDatabase();
  here = peopleOn(fresh);
});
beforeEach(() => fresh.clock.advance({ days: 1 }));
afterAll(() => fresh.drop());

const issue = async (changes: Partial<Parameters<People['codes']['issue']>[1]> = {}) => {
  const sent = await fresh.db.transaction(visitor, (tx) =>
    here.codes.issue(tx, { ...phone, purpose: 'confirm_paper', language: 'ru', ...changes }),
  );
  return { codeId: sent.codeId, code: (await here.delivered('one_time_codes', sent.codeId)) ?? '' };
};
const check = (shown: { codeId: string; code: string }, changes: object = {}) =>
  fresh.db.transaction(visitor, (tx) => here.codes.check(tx, { ...shown, purpose: 'confirm_paper', ...changes }));
const wrongFor = (code: string) => String((Number(code) + 1) % 1_000_000).padStart(6, '0');
const outcomes = async (tries: Promise<unknown>[]) =>
  (await Promise.allSettled(tries)).map((one) => (one.status === 'fulfilled' ? 'ok' : (one.reason as { code: string }).code));
const count = (list: string[], what: string) => list.filter((one) => one === what).length;

it('opens with the code that was sent, once', async () => {
  const shown = await issue({ personId: null });
  expect(shown.code).toMatch(/^\d{6}$/);
  expect(await check(shown)).toMatchObject({ ...phone, personId: null });
  await expect(check(shown)).rejects.toMatchObject({ code: 'code.expired' });
});

it('opens once when it is shown again before the first use is committed', async () => {
  const shown = await issue();
  let commit = () => {};
  const committed = new Promise<void>((resolve) => (commit = resolve));
  const first = fresh.db.transaction(visitor, async (tx) => {
    await here.codes.check(tx, { ...shown, purpose: 'confirm_paper' });
    setTimeout(commit, 300);
    const second = expect(check(shown)).rejects.toMatchObject({ code: 'code.expired' });
    await committed;
    return { second };
  });
  await (
    await first
  ).second;
});

it('reads five of fifty guesses made at once, then is dead for the right code too', async () => {
  const shown = await issue();
  const seen = await atOnce(
    fresh,
    Array.from({ length: 50 }, () => () => check({ ...shown, code: wrongFor(shown.code) })),
  );
  expect(count(seen, 'code.wrong')).toBe(5);
  expect(count(seen, 'too_many_attempts')).toBe(45);
  await expect(check(shown)).rejects.toMatchObject({ code: 'too_many_attempts' });
});

it('still opens after four wrong guesses', async () => {
  const shown = await issue();
  await outcomes(Array.from({ length: 4 }, () => check({ ...shown, code: wrongFor(shown.code) })));
  expect(await check(shown)).toMatchObject({ channel: 'sms' });
});

it('lives ten minutes', async () => {
  const [kept, late] = [await issue(), await issue()];
  fresh.clock.advance({ minutes: 9, seconds: 59 });
  await check(kept);
  fresh.clock.advance({ seconds: 1 });
  await expect(check(late)).rejects.toMatchObject({ code: 'code.expired' });
});

it('fits its purpose and its subject only', async () => {
  const subjectId = newId();
  const shown = await issue({ subjectId });
  await expect(check(shown)).rejects.toMatchObject({ code: 'code.wrong' });
  await expect(check(shown, { subjectId: newId() })).rejects.toMatchObject({ code: 'code.wrong' });
  await expect(check(shown, { subjectId, purpose: 'sign_in' })).rejects.toMatchObject({ code: 'code.wrong' });
  await expect(check({ ...shown, codeId: newId() }, { subjectId })).rejects.toMatchObject({ code: 'code.wrong' });
  await check(shown, { subjectId });
});

it('survives what fails after it, but a wrong guess does not', async () => {
  const shown = await issue();
  const failing = fresh.db.transaction(visitor, async (tx) => {
    await here.codes.check(tx, { ...shown, purpose: 'confirm_paper' });
    throw new Error('something else failed');
  });
  await expect(failing).rejects.toThrow('something else');
  for (let i = 0; i < 5; i += 1)
    await expect(check({ ...shown, code: wrongFor(shown.code) })).rejects.toMatchObject({ code: 'code.wrong' });
  await expect(check(shown)).rejects.toMatchObject({ code: 'too_many_attempts' });
});

it('is sent to nobody, and opens to nobody, when it is silent', async () => {
  const shown = await issue({ silent: true });
  expect(shown.code).toBe('');
  await expect(check({ ...shown, code: '000000' })).rejects.toMatchObject({ code: 'code.wrong' });
});

it('stops resending to one contact, and goes on with another', async () => {
  const seen = await outcomes(Array.from({ length: 8 }, () => issue()));
  expect(count(seen, 'ok')).toBe(5);
  expect(count(seen, 'too_many_attempts')).toBe(3);
  await issue({ contact: '+77010000002' });
  fresh.clock.advance({ minutes: 10 });
  await issue();
});

it('stops one network that asks for the whole town, and goes on with the next', async () => {
  const asked = (i: number, network: string) => issue({ network, contact: `+7701${String(1_000_000 + i)}` });
  const seen: string[] = [];
  for (let i = 0; i < 125; i += 25) seen.push(...(await outcomes(Array.from({ length: 25 }, (_, k) => asked(i + k, 'one')))));
  expect(count(seen, 'ok')).toBe(120);
  await asked(999, 'two');
});

it('stops guesses sprayed over many codes from one network, and keeps no one else waiting', async () => {
  const targets = await Promise.all(Array.from({ length: 16 }, (_, i) => issue({ contact: `+7702000${1000 + i}`, subjectId: newId() })));
  const spray = targets.flatMap((target) => Array.from({ length: 4 }, () => check({ ...target, code: '000000' }, { network: 'spray' })));
  expect(count(await outcomes(spray), 'too_many_attempts')).toBe(4);
  const own = await issue();
  await expect(check(own, { network: 'spray' })).rejects.toMatchObject({ code: 'too_many_attempts' });
  await check(own, { network: 'home' });
});

it('keeps neither the code nor the contact in clear, and forgets the contact when it is used', async () => {
  const shown = await issue();
  const text = async () => JSON.stringify(await fresh.admin('SELECT * FROM one_time_codes WHERE id = $1', [shown.codeId]));
  expect(await text()).not.toContain(shown.code);
  expect(await text()).not.toContain('77010000001');
  await check(shown);
  expect(await fresh.admin('SELECT contact_sealed FROM one_time_codes WHERE id = $1', [shown.codeId])).toEqual([{ contact_sealed: null }]);
});
