import { generateSync } from 'otplib';
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { SignedIn } from '#contract';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { atOnce, type People, peopleOn } from '../../test/support/people.js';

let fresh: FreshDatabase;
let here: People;
const system = { id: null, role: 'system' } as const;
let next = 0;
beforeAll(async () => {
  fresh = await freshDatabase();
  here = peopleOn(fresh);
});
beforeEach(() => fresh.clock.advance({ hours: 1 }));
afterAll(() => fresh.drop());

const codeAt = (secret: string, seconds = 0) => generateSync({ secret, epoch: Math.floor(fresh.clock.now().getTime() / 1000) + seconds });
const newMediator = async () => {
  const { token, session } = await here.register(`+7707${String(1_000_000 + (next += 1))}`);
  const personId = session.person.id;
  await fresh.db.transaction(system, (tx) => here.offices.grant(tx, system, personId, { role: 'mediator' }));
  const { token: guarded } = await here.sessions.changeRole(await here.actorOf(token), 'mediator');
  return { personId, actor: await here.actorOf(guarded) };
};
const signInAgain = async (personId: string): Promise<SignedIn> => {
  const { token } = await fresh.db.transaction(system, (tx) => here.sessions.open(tx, { personId, ownDevice: false, role: 'mediator' }));
  return here.actorOf(token);
};
const withFactor = async () => {
  const { personId, actor } = await newMediator();
  const { secret } = await here.secondFactor.start(actor);
  const { token } = await here.secondFactor.confirm(actor, codeAt(secret));
  fresh.clock.advance({ minutes: 2 });
  return { personId, secret, actor: await here.actorOf(token) };
};
const administrator = async () => {
  const { personId } = await newMediator();
  await fresh.db.transaction(system, (tx) => here.offices.grant(tx, system, personId, { role: 'administrator' }));
  return { id: personId, role: 'administrator', sessionId: null } as const;
};

it('is set by the first right code; the session is replaced and the others end', async () => {
  const { personId, actor } = await newMediator();
  const other = await signInAgain(personId);
  const { secret, uri } = await here.secondFactor.start(actor);
  expect(uri).toContain(secret);
  expect(decodeURIComponent(uri)).toContain('Kelisim:Сыдықова Әсел');
  const { token, session } = await here.secondFactor.confirm(actor, codeAt(secret));
  expect(session.secondFactor).toBe('passed');
  expect(await here.sessions.authenticate(token)).toMatchObject({ secondFactor: 'passed', actor: { role: 'mediator' } });
  expect((await here.sessions.list(actor)).map(({ id }) => id)).toEqual([(await here.actorOf(token)).sessionId]);
  expect(other.sessionId).not.toBe(actor.sessionId);
});

it('is not set by a wrong code, and the secret is sealed', async () => {
  const { personId, actor } = await newMediator();
  const { secret } = await here.secondFactor.start(actor);
  await expect(here.secondFactor.confirm(actor, codeAt(secret, 600))).rejects.toMatchObject({ code: 'second_factor.wrong' });
  expect(await fresh.admin('SELECT totp_confirmed_at FROM credentials WHERE person_id = $1', [personId])).toEqual([
    { totp_confirmed_at: null },
  ]);
  expect(JSON.stringify(await fresh.admin('SELECT * FROM credentials'))).not.toContain(secret);
});

it('cannot be replaced by who holds the session but not the factor', async () => {
  const { personId } = await withFactor();
  const thief = await signInAgain(personId);
  await expect(here.secondFactor.start(thief)).rejects.toMatchObject({ code: 'second_factor.already_set' });
  await expect(here.secondFactor.confirm(thief, '000000')).rejects.toMatchObject({ code: 'second_factor.already_set' });
});

it('is asked for at every sign-in, and passed with the code of now', async () => {
  const { personId, secret } = await withFactor();
  const actor = await signInAgain(personId);
  expect(await here.sessions.current(actor)).toMatchObject({ secondFactor: 'needed' });
  const { token } = await here.secondFactor.pass(actor, codeAt(secret));
  expect(await here.sessions.authenticate(token)).toMatchObject({ secondFactor: 'passed' });
});

it('takes a code that is one step early or late, and none further', async () => {
  const { personId, secret } = await withFactor();
  for (const seconds of [-90, 90]) {
    await expect(here.secondFactor.pass(await signInAgain(personId), codeAt(secret, seconds))).rejects.toMatchObject({
      code: 'second_factor.wrong',
    });
  }
  await here.secondFactor.pass(await signInAgain(personId), codeAt(secret, -30));
  await here.secondFactor.pass(await signInAgain(personId), codeAt(secret, 30));
});

it('takes no code twice, nor an older one after a newer', async () => {
  const { personId, secret } = await withFactor();
  const code = codeAt(secret);
  await here.secondFactor.pass(await signInAgain(personId), code);
  await expect(here.secondFactor.pass(await signInAgain(personId), code)).rejects.toMatchObject({ code: 'second_factor.wrong' });
  await expect(here.secondFactor.pass(await signInAgain(personId), codeAt(secret, -30))).rejects.toMatchObject({
    code: 'second_factor.wrong',
  });
  fresh.clock.advance({ seconds: 30 });
  await here.secondFactor.pass(await signInAgain(personId), codeAt(secret));
});

it('takes a code once of two shown at once', async () => {
  const { personId, secret } = await withFactor();
  const actors = [await signInAgain(personId), await signInAgain(personId), await signInAgain(personId)];
  const tries = await atOnce(
    fresh,
    actors.map((actor) => () => here.secondFactor.pass(actor, codeAt(secret))),
  );
  expect(tries.toSorted()).toEqual(['ok', 'second_factor.wrong', 'second_factor.wrong']);
});

it('reads five of twenty wrong codes at once, then none, and not another person’s', async () => {
  const [target, stranger] = [await withFactor(), await withFactor()];
  const actor = await signInAgain(target.personId);
  const tries = await Promise.allSettled(Array.from({ length: 20 }, () => here.secondFactor.pass(actor, '000000')));
  const codes = tries.map((one) => (one as PromiseRejectedResult).reason.code as string);
  expect(codes.filter((code) => code === 'second_factor.wrong')).toHaveLength(5);
  await expect(here.secondFactor.pass(actor, codeAt(target.secret))).rejects.toMatchObject({ code: 'too_many_attempts' });
  await expect(here.secondFactor.pass(actor, codeAt(stranger.secret))).rejects.toMatchObject({ code: 'too_many_attempts' });
  await here.secondFactor.pass(await signInAgain(stranger.personId), codeAt(stranger.secret));
  fresh.clock.advance({ minutes: 5 });
  await here.secondFactor.pass(actor, codeAt(target.secret));
});

it('opens nothing with the code of somebody else', async () => {
  const [one, other] = [await withFactor(), await withFactor()];
  const actor = await signInAgain(one.personId);
  await expect(here.secondFactor.pass(actor, codeAt(other.secret))).rejects.toMatchObject({ code: 'second_factor.wrong' });
});

it('is restored at the desk by the administrator: sessions end, the fact is kept, a new one is to be set', async () => {
  const { personId, actor } = await withFactor();
  const admin = await administrator();
  await here.secondFactor.reset(admin, personId);
  expect(await here.sessions.list(actor)).toEqual([]);
  expect(await here.sessions.current(await signInAgain(personId))).toMatchObject({ secondFactor: 'to_set' });
  expect(await fresh.admin(`SELECT actor_id, data FROM events WHERE type = 'person.second_factor_reset'`)).toEqual([
    { actor_id: admin.id, data: { personId } },
  ]);
});

it('is restored by nobody else, nor for oneself', async () => {
  const { personId, actor } = await withFactor();
  for (const role of ['citizen', 'mediator', 'coordinator', 'court', 'council'] as const) {
    await expect(here.secondFactor.reset({ ...actor, role }, personId)).rejects.toMatchObject({ code: 'not_found' });
  }
  await expect(here.secondFactor.reset({ ...actor, role: 'administrator' }, personId)).rejects.toMatchObject({ code: 'conflict' });
  expect(await here.sessions.current(actor)).toMatchObject({ secondFactor: 'passed' });
});
