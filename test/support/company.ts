import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { DemoAccount } from '../../apps/launcher/src/demo/hire.js';
import { Inbox } from '../../apps/launcher/src/demo/inbox.js';
import { DemoPerson } from '../../apps/launcher/src/demo/person.js';
import { agree, appoint, type Cast, file, inviteAndConsent, type Stage } from '../../apps/launcher/src/demo/play.js';
import { type Scenario, scenariosIn } from '../../apps/launcher/src/demo/scenario.js';
import type { Cabinet } from './cabinet.js';

export type Company = Awaited<ReturnType<typeof gather>>;

/** The demo staff of a cabinet under test, and people who can be asked to come. */
export async function gather(cabinet: Cabinet) {
  const dataDir = process.env.DATA_DIR!;
  mkdirSync(dataDir, { recursive: true });
  // A process of its own, from the build: a second application in this one would share its connections.
  await promisify(execFile)(process.execPath, ['dist/apps/launcher/src/demo/hire.js', 'test/scenarios'], { env: process.env });
  const { accounts } = JSON.parse(readFileSync(join(dataDir, 'demo-accounts.json'), 'utf8')) as { accounts: DemoAccount[] };
  const inbox = new Inbox(cabinet.mailbox.webUrl);
  const come = async (name: string) => {
    const account = accounts.find((one) => one.name === name)!;
    const person = new DemoPerson(cabinet.origin, name, account.login, inbox);
    await person.signIn(account, cabinet.now);
    return person;
  };
  const coordinator = await come('coordinator');
  const mediators = new Map<string, DemoPerson>();
  const stage: Stage = {
    origin: cabinet.origin,
    inbox,
    coordinator,
    setClock: cabinet.setClock,
    mediator: async (id) => {
      const [row] = await cabinet.admin<{ register_number: string }>('SELECT register_number FROM mediators WHERE person_id = $1', [id]);
      const seed = registerOf().find((one) => one.registerNumber === row?.register_number)!;
      const known = mediators.get(seed.id) ?? (await come(seed.id.toLowerCase()));
      mediators.set(seed.id, known);
      return known;
    },
  };
  return {
    inbox,
    stage,
    come,
    coordinator,
    newcomer: (name: string, contact: string) => new DemoPerson(cabinet.origin, name, contact, inbox),
  };
}

export const scenario = (start: string): Scenario => scenariosIn('test/scenarios').find(({ slug }) => slug.startsWith(start))!;

/** A case with open rooms. */
export async function inMediation({ stage }: Company, played: Scenario): Promise<Cast> {
  const filed = await file(stage, played);
  await inviteAndConsent(stage, played, filed);
  const cast: Cast = { ...filed, mediator: await appoint(stage, filed.caseId) };
  await agree(cast, { kind: 'contract' });
  return cast;
}

const registerOf = () => JSON.parse(readFileSync('test/scenarios/mediators.json', 'utf8')) as { id: string; registerNumber: string }[];
