import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { NestFactory } from '@nestjs/core';
import { generateSecret } from 'otplib';
import type { EntityManager } from 'typeorm';
import { type Actor, dataConsent } from '#contract';
import { MediatorsService, RegisterService, RelationsService } from '#mediators';
import { PeopleService } from '#people';
import { Clock, CONFIG, type Config, Database, DomainError, Keys, newId } from '#platform';
import { ResourcesService } from '#times';
import { AppModule } from '../../../api/src/app.module.js';
import { entryOf, paperOf, standingOf } from './register.js';
import { rooms } from './rooms.js';
import { type MediatorSeed, mediatorsIn, type Scenario, scenariosIn } from './scenario.js';
import { type Post, postOf, posts } from './staff.js';

export type DemoAccount = { name: string; login: string; password: string; role: string; totpSecret: string };
const system: Actor = { id: null, role: 'system' };

/**
 * Gives the demo staff and the mediators of the register their accounts, with generated passwords and second factors. The file comes
 * first and who is there already is left alone, so a start that was cut short is completed by the next one.
 * Runs as a process of its own with the api's environment: `node hire.js FOLDER_OF_SCENARIOS`.
 */
export async function hire(scenarios: string): Promise<void> {
  const app = await NestFactory.createApplicationContext(AppModule, { logger: ['error', 'warn', 'fatal'] });
  try {
    const seeds = mediatorsIn(scenarios);
    const accounts = new Map(
      accountsIn(join(app.get<Config>(CONFIG).DATA_DIR, 'demo-accounts.json'), [...posts, ...seeds.map(postOf)]).map((one) => [
        one.name,
        one,
      ]),
    );
    const desk = {
      people: app.get(PeopleService),
      mediators: app.get(MediatorsService),
      register: app.get(RegisterService),
      keys: app.get(Keys),
      clock: app.get(Clock),
    };
    await app.get(Database).transaction(system, async (tx) => {
      for (const post of posts) await employ(tx, desk, post, accounts.get(post.name)!);
      for (const seed of seeds) await employ(tx, desk, postOf(seed), accounts.get(postOf(seed).name)!, seed);
    });
    await tieTogether(app.get(Database), app.get(RelationsService), seeds, scenariosIn(scenarios));
    await furnish(app.get(Database), app.get(ResourcesService));
  } finally {
    await app.close();
  }
}

function accountsIn(file: string, all: Post[]): DemoAccount[] {
  if (!existsSync(file)) {
    const accounts = all.map(({ name, email, role }) => ({
      name,
      login: email,
      password: randomBytes(9).toString('base64url'),
      role,
      totpSecret: generateSecret(),
    }));
    writeFileSync(file, `${JSON.stringify({ accounts }, null, 2)}\n`, { mode: 0o600 });
  }
  return (JSON.parse(readFileSync(file, 'utf8')) as { accounts: DemoAccount[] }).accounts;
}

/** Whom each mediator is tied to. What the script of a dispute has come to light only in mid-case is not known beforehand. */
async function tieTogether(db: Database, relations: RelationsService, seeds: MediatorSeed[], disputes: Scenario[]) {
  for (const { id: seed, registerNumber, relationships } of seeds) {
    const [found] = await db.look<{ id: string }>('SELECT person_id AS id FROM mediators WHERE register_number = $1', [registerNumber]);
    const mediator: Actor = { id: found?.id ?? null, role: 'mediator' };
    if (!found || (await relations.list(mediator)).length > 0) continue;
    for (const { scenario, party, kind, until, note, expected } of relationships) {
      const dispute = disputes.find(({ slug }) => slug === scenario);
      const other = dispute?.parties.find(({ id }) => id === party);
      if (!dispute || !other || isFoundOutLater(dispute, seed)) continue;
      const idNumber = (other.kind === 'organisation' ? other.bin : other.iin) ?? '';
      await relations.keep(mediator, { id: newId(), idNumber, label: note, kind, until, bars: expected === 'recuse' });
    }
  }
}

const isFoundOutLater = ({ conflict }: Scenario, seed: string) => conflict?.mediatorId === seed && conflict.expected === 'recuse';

/** Rooms and interpreters, kept by the desk; what the desk has changed since stays. */
async function furnish(db: Database, resources: ResourcesService) {
  const [desk] = await db.transaction(
    system,
    async (tx) => (await tx.query(`SELECT person_id AS id FROM person_roles WHERE role = 'coordinator' LIMIT 1`)) as { id: string }[],
  );
  if (!desk) return;
  const actor: Actor = { id: desk.id, role: 'coordinator' };
  if ((await resources.list(actor)).length > 0) return;
  for (const room of rooms) await resources.keep(actor, newId(), room);
}

type Desk = { people: PeopleService; mediators: MediatorsService; register: RegisterService; keys: Keys; clock: Clock };

async function employ(
  tx: EntityManager,
  desk: Desk,
  post: Post,
  { password, totpSecret }: DemoAccount,
  seed?: MediatorSeed,
): Promise<void> {
  const { surname, given, patronymic, language, email, role, courtId = null } = post;
  const at = desk.clock.now();
  const id = await desk.people.create(
    tx,
    { surname, given, patronymic, language, password, channel: 'email', contact: email, consent: dataConsent, assurance: 'desk' },
    null,
  );
  if (!id) return;
  await tx.query('INSERT INTO person_roles (person_id, role, court_id, granted_at) VALUES ($1, $2, $3, $4)', [id, role, courtId, at]);
  const sealed = await desk.keys.seal(tx, { scope: 'person', id }, totpSecret, 'totp');
  await tx.query('UPDATE credentials SET totp_sealed = $2, totp_confirmed_at = $3 WHERE person_id = $1', [id, sealed, at]);
  if (seed) await enter(tx, desk, id, seed);
}

/** As the coordinator would. What a machine's clock takes to lie ahead is left out: then the bare row stands there without its papers. */
async function enter(tx: EntityManager, { mediators, register, clock }: Desk, id: string, seed: MediatorSeed) {
  await register.keepIn(tx, system, paperOf(seed)).catch((refused: unknown) => {
    if (!(refused instanceof DomainError)) throw refused;
  });
  await mediators.register(tx, entryOf(id, seed, clock.now()));
  const standing = standingOf(seed);
  if (standing) await register.setStandingIn(tx, system, id, standing);
}

if (process.argv[1]?.endsWith('hire.js')) await hire(process.argv[2] ?? 'test/scenarios');
