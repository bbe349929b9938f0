import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { verifySync } from 'otplib';
import { afterAll, expect, it } from 'vitest';
import { demoAccounts, demoAccountsFile, keepDemoAccounts } from './demo-accounts.js';
import { demoCode } from './demo-code.js';

const dir = mkdtempSync(join(tmpdir(), 'kelisim-demo-'));
const now = new Date('2026-09-07T16:14:07Z');
const secret = 'JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP';
afterAll(() => rmSync(dir, { recursive: true, force: true }));

it('says how to make the accounts when there are none', () => {
  expect(() => demoCode(dir, 'clerk', now)).toThrow('npm start');
});

it('keeps the accounts readable by their owner only', () => {
  const accounts = [
    { name: 'clerk', login: 'clerk@example.kz', password: 'x', role: 'court', totpSecret: secret },
    { name: 'Айгүл', login: '+77010000001', password: 'y', role: 'citizen' },
  ];
  keepDemoAccounts(dir, accounts);
  expect(demoAccounts(dir)).toEqual(accounts);
  expect(statSync(demoAccountsFile(dir)).mode & 0o777).toBe(0o600);
});

it('gives the code of the moment, by name or login', () => {
  const { code, seconds } = demoCode(dir, 'Clerk', now);
  expect(verifySync({ secret, token: code, epoch: now.getTime() / 1000 })).toMatchObject({ valid: true });
  expect(seconds).toBe(23);
  expect(demoCode(dir, 'clerk@example.kz', now).code).toBe(code);
});

it('names whom it knows to who asks for somebody else, or for one without a second factor', () => {
  for (const who of ['', 'nobody', 'айгүл']) expect(() => demoCode(dir, who, now)).toThrow('Say whose: clerk');
});
