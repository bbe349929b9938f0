import { join } from 'node:path';
import { keep, readKept } from './kept.js';

/** Somebody of the demo: generated, written down with mode 0600, and nowhere but on this machine. */
export type DemoAccount = { name: string; login: string; password: string; role: string; totpSecret?: string };
type Kept = { accounts: DemoAccount[] };

export const demoAccountsFile = (dataDir: string) => join(dataDir, 'demo-accounts.json');

export const demoAccounts = (dataDir: string): DemoAccount[] => readKept<Kept>(demoAccountsFile(dataDir))?.accounts ?? [];

export const keepDemoAccounts = (dataDir: string, accounts: DemoAccount[]) => keep(demoAccountsFile(dataDir), { accounts } satisfies Kept);
