import { expect, it } from 'vitest';
import { hashPassword, isPassword, refuseWeak } from './passwords.js';

const own = ['Сыдықова Әсел', 'assel.sydykova@example.kz', '+77010000001'];

it.each(['correct horse battery', 'қара өлеңнің шуағы', 'дождь стучит по крыше', '83019472651', 'contest-of-the-latest', 'v9#Tr&kk2!pq'])(
  'takes %s',
  (password) => expect(() => refuseWeak(password, own)).not.toThrow(),
);

it.each([
  'короткий',
  'qwertyuiop',
  'Qwerty12345',
  'йцукенгшщз',
  'ЙЦУКЕН2026!',
  'әіңғүұқөһ12',
  'Password123!',
  'құпиясөз2026',
  '1234567890',
  '12345678901234567890',
  'aaaaaaaaaaaaaa',
  'Oskemen2026!',
  'Өскемен-2026',
  'казахстан1991',
  '1qaz2wsx3edc',
  'admin20262026',
])('refuses %s, which is short or common', (password) =>
  expect(() => refuseWeak(password, own)).toThrow(expect.objectContaining({ code: 'password.weak' })),
);

it.each(['Сыдықова-ғарыш-77', 'менің-атым-әсел-ғой', 'xx-assel.sydykova-xx', 'зв0ни-мне-0000001'])(
  'refuses %s, which says who it is',
  (password) => {
    expect(() => refuseWeak(password, own)).toThrow(expect.objectContaining({ code: 'password.weak' }));
    expect(() => refuseWeak(password, ['Жұмабай Ерлан', 'erlan@example.kz', '+77019999999'])).not.toThrow();
  },
);

it('keeps an argon2id hash of the recommended strength', async () => {
  expect(await hashPassword('correct horse battery')).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
});

it('knows the password, however its letters were composed, and no other', async () => {
  const hashed = await hashPassword('й-келісілген-й'.normalize('NFC'));
  expect(await isPassword(hashed, 'й-келісілген-й'.normalize('NFD'))).toBe(true);
  expect(await isPassword(hashed, 'и-келісілген-и')).toBe(false);
  expect(await isPassword(null, 'nobody has this password')).toBe(false);
});

it('takes about as long for nobody as for somebody', async () => {
  const hashed = await hashPassword('correct horse battery');
  const took = async (hash: string | null) => {
    const began = performance.now();
    await isPassword(hash, 'a wrong password');
    return performance.now() - began;
  };
  await took(null);
  const [somebody, nobody]: [number[], number[]] = [[], []];
  for (let i = 0; i < 15; i += 1) {
    somebody.push(await took(hashed));
    nobody.push(await took(null));
  }
  const median = (times: number[]) => times.toSorted((one, other) => one - other)[7]!;
  expect(median(nobody) / median(somebody)).toBeGreaterThan(0.4);
  expect(median(nobody) / median(somebody)).toBeLessThan(2.5);
});
