import { generateSync } from 'otplib';
import { demoAccounts, demoAccountsFile } from './demo-accounts.js';

const stepSeconds = 30;

/** The second-factor code of a demo person at this moment, and for how long; asked for by name or by login. */
export function demoCode(dataDir: string, who: string, now: Date): { code: string; seconds: number } {
  const accounts = demoAccounts(dataDir);
  if (accounts.length === 0) throw new Error(`There are no demo accounts in ${demoAccountsFile(dataDir)}; npm start makes them`);
  const guarded = accounts.filter(({ totpSecret }) => totpSecret);
  const wanted = who.toLowerCase();
  const found = guarded.find(({ name, login }) => [name, login].some((one) => one.toLowerCase() === wanted));
  if (!found?.totpSecret) throw new Error(`Say whose: ${guarded.map(({ name }) => name).join(', ')}`);
  const epoch = Math.floor(now.getTime() / 1000);
  return { code: generateSync({ secret: found.totpSecret, epoch }), seconds: stepSeconds - (epoch % stepSeconds) };
}
