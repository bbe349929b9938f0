import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { networkOf } from '#people';
import { type FreshDatabase, freshDatabase } from '../../test/support/database.js';
import { atOnce, consent, type People, peopleOn } from '../../test/support/people.js';

let fresh: FreshDatabase;
let here: People;
const visitor = { id: null, role: 'visitor' } as const;
const password = 'тау басында қар';
let next = 0;
const newEmail = () => `person${(next += 1)}@example.kz`;
const newPhone = () => `+7701${String(2_000_000 + (next += 1))}`;
beforeAll(async () => {
  fresh = await freshDatabase();
  here = peopleOn(fresh);
});
beforeEach(() => fresh.clock.advance({ days: 1 }));
afterAll(() => fresh.drop());

const outcomes = async (tries: Promise<unknown>[]) =>
  (await Promise.allSettled(tries)).map((one) => (one.status === 'fulfilled' ? 'ok' : (one.reason as { code: string }).code));
const details = { surname: 'Сыдықова', given: 'Әсел', patronymic: '', language: 'kk', consent } as const;

it('opens an account and a session for who holds the phone, without an e-mail', async () => {
  const phone = newPhone();
  const { token, session } = await here.register(phone);
  expect(session).toMatchObject({ role: 'citizen', roles: ['citizen'], secondFactor: 'none', person: { surname: 'Сыдықова' } });
  expect(await here.people.profile(await here.actorOf(token))).toMatchObject({ phone, email: null, assurance: 'code', hasPassword: false });
});

it('needs the code, and the consent to the current text', async () => {
  const shown = await here.ask(newEmail());
  await expect(here.people.register({ ...details, ...shown, code: 'x' }, {})).rejects.toMatchObject({ code: 'code.wrong' });
  const old = here.people.register({ ...details, ...shown, consent: { version: '0' } }, {});
  await expect(old).rejects.toMatchObject({ code: 'consent.required' });
  await here.people.register({ ...details, ...shown }, {});
});

it('gives a contact one account, however many register at once', async () => {
  const email = newEmail();
  const shown = [await here.ask(email), await here.ask(email), await here.ask(email)];
  const seen = await atOnce(
    fresh,
    shown.map((code) => () => here.people.register({ ...details, ...code }, {})),
  );
  expect(seen.toSorted()).toEqual(['contact.taken', 'contact.taken', 'ok']);
  const hash = fresh.hashes.of('contact', `email:${email}`);
  expect(await fresh.admin('SELECT id FROM persons WHERE email_hash = $1', [hash])).toHaveLength(1);
});

it('keeps contacts sealed', async () => {
  const email = newEmail();
  await here.register(email);
  const rows = JSON.stringify(await fresh.admin('SELECT p.*, c.* FROM persons p LEFT JOIN credentials c ON c.person_id = p.id'));
  expect(rows).not.toContain(email);
  expect(rows).not.toContain(Buffer.from(email).toString('hex'));
});

it('answers the same about a known and an unknown contact, whatever is asked', async () => {
  const known = newPhone();
  await here.register(known);
  for (const purpose of ['register', 'sign_in', 'reset_password'] as const) {
    const [one, other] = await Promise.all(
      [known, newPhone()].map((contact) => here.signIn.askCode(visitor, { contact, purpose, language: 'ru' }, {})),
    );
    expect({ ...one, codeId: '' }).toEqual({ ...other, codeId: '' });
    const tries = await outcomes([one!, other!].map(({ codeId }) => here.signIn.byCode({ codeId, code: '000000' }, {})));
    expect(tries[0]).toBe(tries[1]);
  }
});

it('tells the holder of an account that there is one, and never by a code that opens', async () => {
  const email = newEmail();
  await here.register(email);
  const shown = await here.ask(email, 'register');
  expect(await fresh.admin('SELECT purpose FROM one_time_codes WHERE id = $1', [shown.codeId])).toEqual([
    { purpose: 'already_registered' },
  ]);
  await expect(here.people.register({ ...details, ...shown }, {})).rejects.toMatchObject({ code: 'code.wrong' });
});

it('sends nothing to a contact nobody has', async () => {
  expect((await here.ask(newEmail(), 'sign_in')).code).toBe('');
  expect((await here.ask(newEmail(), 'reset_password')).code).toBe('');
});

it('signs in by code, and not with a code for something else', async () => {
  const phone = newPhone();
  const { session } = await here.register(phone);
  expect(await here.signIn.byCode(await here.ask(phone, 'sign_in'), {})).toBe(session.person.id);
  await expect(here.signIn.byCode(await here.ask(phone, 'reset_password'), {})).rejects.toMatchObject({ code: 'code.wrong' });
});

it('signs in by password, whichever way the login is written', async () => {
  const email = newEmail();
  const { session } = await here.register(email, { password });
  expect(await here.signIn.byPassword(` ${email.toUpperCase()} `, password, {})).toBe(session.person.id);
});

it('refuses a wrong password, an unknown login and an account without a password alike', async () => {
  const [email, phone] = [newEmail(), newPhone()];
  await here.register(email, { password });
  await here.register(phone);
  for (const login of [email, phone, newEmail(), 'nonsense']) {
    await expect(here.signIn.byPassword(login, 'another password', {})).rejects.toMatchObject({ code: 'sign_in.refused', details: {} });
  }
});

it('reads ten of thirty wrong passwords for one login at once, then also refuses the right one', async () => {
  const email = newEmail();
  await here.register(email, { password });
  const seen = await outcomes(Array.from({ length: 30 }, (_, i) => here.signIn.byPassword(email, `wrong password ${i}`, {})));
  expect(seen.filter((one) => one === 'sign_in.refused')).toHaveLength(10);
  await expect(here.signIn.byPassword(email, password, {})).rejects.toMatchObject({ code: 'too_many_attempts' });
  fresh.clock.advance({ minutes: 15 });
  await here.signIn.byPassword(email, password, {});
});

it('counts wrong passwords per network too, whatever the login, and only wrong ones', async () => {
  const email = newEmail();
  await here.register(email, { password });
  for (let i = 0; i < 70; i += 10)
    await Promise.all(Array.from({ length: 5 }, () => here.signIn.byPassword(email, password, { network: 'office' })));
  const spray = Array.from({ length: 61 }, (_, i) =>
    here.signIn.byPassword(`nobody${i}@example.kz`, 'a wrong password', { network: 'spray' }),
  );
  expect((await outcomes(spray)).filter((one) => one === 'too_many_attempts')).toHaveLength(1);
  await expect(here.signIn.byPassword(email, password, { network: 'spray' })).rejects.toMatchObject({ code: 'too_many_attempts' });
  await here.signIn.byPassword(email, password, { network: 'home' });
});

it('refuses a weak password, and the code still serves for a better one', async () => {
  const email = newEmail();
  await here.register(email);
  const shown = await here.ask(email, 'reset_password');
  for (const weak of ['Password123!', 'Сыдықова-ғарыш-77']) {
    await expect(here.signIn.resetPassword({ ...shown, password: weak }, {})).rejects.toMatchObject({ code: 'password.weak' });
  }
  await here.signIn.resetPassword({ ...shown, password }, {});
  await here.signIn.byPassword(email, password, {});
});

it('puts everybody out who was signed in when the password is reset', async () => {
  const email = newEmail();
  const { token } = await here.register(email, { password });
  const stranger = await here.register(newEmail());
  await here.signIn.resetPassword({ ...(await here.ask(email, 'reset_password')), password: 'жаңа және ұзын сөз' }, {});
  expect(await here.sessions.authenticate(token)).toBeNull();
  expect(await here.sessions.authenticate(stranger.token)).not.toBeNull();
  await expect(here.signIn.byPassword(email, password, {})).rejects.toMatchObject({ code: 'sign_in.refused' });
});

it('adds a second contact by its code: his own only, and nobody else’s', async () => {
  const [phone, email] = [newPhone(), newEmail()];
  const { token } = await here.register(phone);
  const [actor, stranger] = [await here.actorOf(token), await here.actorOf((await here.register(newPhone())).token)];
  const ask = async (who: typeof actor, contact: string) => {
    const { codeId } = await here.signIn.askCode(who, { contact, purpose: 'add_contact', language: 'kk' }, {});
    return { codeId, code: (await here.delivered('one_time_codes', codeId))! };
  };
  await expect(here.people.addContact(stranger, await ask(actor, email), {})).rejects.toMatchObject({ code: 'code.wrong' });
  expect(await here.people.addContact(actor, await ask(actor, email), {})).toMatchObject({ phone, email });
  expect(await here.signIn.byCode(await here.ask(email, 'sign_in'), {})).toBe(actor.id);
  await expect(here.people.addContact(stranger, await ask(stranger, email), {})).rejects.toMatchObject({ code: 'contact.taken' });
  expect(() => here.signIn.askCode(visitor, { contact: newEmail(), purpose: 'add_contact', language: 'kk' }, {})).toThrow(
    expect.objectContaining({ code: 'unauthenticated' }),
  );
});

it('replaces a contact only with the codes of both, the old and the new, and once', async () => {
  const [old, fresh1, fresh2] = [newPhone(), newPhone(), newPhone()];
  const actor = await here.actorOf((await here.register(old)).token);
  const ask = async (contact: string) => {
    const { codeId, former } = await here.signIn.askCode(actor, { contact, purpose: 'add_contact', language: 'kk' }, {});
    const shown = async (id: string) => ({ codeId: id, code: (await here.delivered('one_time_codes', id))! });
    return { ...(await shown(codeId)), former: await shown(former!.codeId) };
  };
  const [one, two] = [await ask(fresh1), await ask(fresh2)];
  const refused = async (changes: object) =>
    here.people.addContact(actor, { ...one, ...changes } as never, {}).then(
      () => 'done',
      ({ code }: { code?: string }) => code,
    );
  expect(await refused({ former: undefined })).toBe('contact.former_unconfirmed');
  expect(await refused({ former: { ...one.former, code: one.former.code === '000000' ? '000001' : '000000' } })).toBe('code.wrong');
  expect(await refused({ former: two.former })).toBe('code.wrong'); // of another change
  expect(await refused({ former: { codeId: one.codeId, code: one.code } })).toBe('code.wrong'); // the new one twice
  expect(await here.people.profile(actor)).toMatchObject({ phone: old });
  const both = await Promise.allSettled([one, two].map((change) => here.people.addContact(actor, change, {})));
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  const { phone } = await here.people.profile(actor);
  expect([fresh1, fresh2]).toContain(phone);
  expect((await here.ask(old, 'sign_in')).code).toBe('');
});

it('takes no landline for a contact of an account', () =>
  expect(() => here.signIn.askCode(visitor, { contact: '8 (7232) 25-00-00', purpose: 'register', language: 'kk' }, {})).toThrow(
    expect.objectContaining({ code: 'invalid', details: { fields: { contact: 'landline' } } }),
  ));

it('checks an IIN, shows it masked, and lets two people claim the same one', async () => {
  const [one, other] = [
    await here.actorOf((await here.register(newPhone())).token),
    await here.actorOf((await here.register(newPhone())).token),
  ];
  expect(await here.people.change(one, { iin: '850812 400007' })).toMatchObject({ iin: expect.stringMatching(/^8508\*{6}\d\d$/) });
  expect(await here.people.change(other, { iin: '850812400007' })).toMatchObject({ assurance: 'code' });
  await expect(here.people.change(other, { iin: '850812400008' })).rejects.toMatchObject({
    code: 'invalid',
    details: { fields: { iin: 'iin_check' } },
  });
  expect(await here.people.change(other, { iin: '' })).toMatchObject({ iin: null });
  expect(JSON.stringify(await fresh.admin('SELECT * FROM persons'))).not.toContain('850812400007');
});

it('admits the holder of a contact to the account that is there, or opens one', async () => {
  const phone = newPhone();
  const person = { ...details, given: 'Басқа', channel: 'sms', contact: phone } as const;
  const admit = () => fresh.db.transaction(visitor, (tx) => here.people.admit(tx, person));
  const ids = await Promise.all([admit(), admit(), admit()]);
  expect(new Set(ids).size).toBe(1);
  expect(await fresh.db.transaction(visitor, (tx) => here.people.namesOf(tx, ids))).toEqual(
    new Map([[ids[0], { surname: 'Сыдықова', given: 'Басқа', patronymic: '' }]]),
  );
  const { session } = await here.register(newPhone());
  expect(session.person.id).not.toBe(ids[0]);
});

it('takes an IPv6 household for one network and two IPv4 addresses for two', () => {
  expect(networkOf('2001:db8:1:2:aaaa::1')).toBe(networkOf('2001:db8:1:2::ffff'));
  expect(networkOf('2001:db8:1:3::1')).not.toBe(networkOf('2001:db8:1:2::1'));
  expect(networkOf('::ffff:10.0.0.1')).toBe('10.0.0.1');
  expect(networkOf('10.0.0.2')).not.toBe(networkOf('10.0.0.1'));
  expect(networkOf('::1')).toBe(networkOf('0:0:0:0::5'));
});
