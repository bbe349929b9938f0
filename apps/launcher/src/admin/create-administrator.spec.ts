import { afterAll, beforeAll, expect, it } from 'vitest';
import { type FreshDatabase, freshDatabase } from '../../../../test/support/database.js';
import { peopleOn } from '../../../../test/support/people.js';
import { createAdministrator } from './create-administrator.js';

let fresh: FreshDatabase;
const person = {
  email: 'Admin@Example.kz',
  surname: 'Ақжолова',
  given: 'Сәуле',
  patronymic: '',
  language: 'kk',
  password: 'тау басында қар',
} as const;
const make = (changes: object = {}, another = false) =>
  createAdministrator(
    { url: fresh.urls.app, contactKeys: fresh.secrets.CONTACT_KEYS, hashKey: fresh.secrets.HASH_KEY },
    { ...person, ...changes },
    another,
  );
beforeAll(async () => {
  fresh = await freshDatabase();
});
afterAll(() => fresh.drop());

it('says what is wrong in words', async () => {
  await expect(make({ password: 'Password123!' })).rejects.toThrow('too easy');
  await expect(make({ email: '+77010000001' })).rejects.toThrow('e-mail');
  await expect(make({ email: 'nonsense' })).rejects.toThrow('e-mail');
  expect(await fresh.admin('SELECT 1 FROM persons')).toEqual([]);
});

it('makes the first administrator, who signs in by the password and then needs a second factor', async () => {
  const id = await make();
  const here = peopleOn(fresh);
  expect(await here.signIn.byPassword(person.email, person.password, {})).toBe(id);
  const { session } = await fresh.db.transaction({ id: null, role: 'system' }, (tx) =>
    here.sessions.open(tx, { personId: id, ownDevice: false }),
  );
  expect(session).toMatchObject({ role: 'administrator', secondFactor: 'to_set' });
});

it('makes another only when asked for one, and none twice', async () => {
  await expect(make({ email: 'second@example.kz' })).rejects.toThrow('--another');
  await make({ email: 'second@example.kz' }, true);
  await expect(make({}, true)).rejects.toThrow('already');
});

it('lets one of two win at the same moment', async () => {
  const other = await freshDatabase();
  const keys = { url: other.urls.app, contactKeys: other.secrets.CONTACT_KEYS, hashKey: other.secrets.HASH_KEY };
  const tries = await Promise.allSettled(
    ['a@example.kz', 'b@example.kz'].map((email) => createAdministrator(keys, { ...person, email }, false)),
  );
  expect(tries.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected']);
  await other.drop();
});
