import { randomBytes } from 'node:crypto';
import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { dataConsent, Language } from '#contract';
import { withCabinet } from './cabinet-keys.js';
import { createAdministrator } from './create-administrator.js';
import { ask } from './questions.js';

const usage = 'npm run admin:create -- [--email A] [--surname B] [--given C] [--patronymic D] [--language kk|ru|en] [--another]';
const text = { type: 'string' } as const;
const options = {
  email: text,
  surname: text,
  given: text,
  patronymic: text,
  language: text,
  another: { type: 'boolean', default: false },
} as const;

/** The first administrator. There are no default accounts: whoever runs the machine makes one, and invites the others. */
async function main() {
  const { values } = parseArgs({ options });
  const { env } = process;
  const email = values.email ?? env.ADMIN_EMAIL ?? (await ask('E-mail'));
  const surname = values.surname ?? env.ADMIN_SURNAME ?? (await ask('Surname'));
  const given = values.given ?? env.ADMIN_GIVEN ?? (await ask('Given name'));
  const patronymic = values.patronymic ?? env.ADMIN_PATRONYMIC ?? '';
  const language = Language.parse(values.language ?? env.ADMIN_LANGUAGE ?? 'kk');
  if (!email || !surname || !given) throw new Error(`an e-mail, a surname and a given name are needed\n${usage}`);
  // Never an option: the list of processes shows those to everybody.
  const typed = env.ADMIN_PASSWORD ?? (process.stdin.isTTY ? await ask('Password (empty: one is made)', { secret: true }) : '');
  const password = typed || randomBytes(15).toString('base64url');

  await withCabinet(resolve(env.DATA_DIR ?? '.cabinet'), env, (cabinet) =>
    createAdministrator(cabinet, { email, surname, given, patronymic, language, password }, values.another),
  );
  console.log(`\n  Administrator   ${email}`);
  if (!typed) console.log(`  Password        ${password}   (shown once)`);
  console.log(`  Second factor   set up at the first sign-in, with an authenticator app; nothing opens before`);
  console.log(`  Consent         to the processing of the account's data, version ${dataConsent.version}, is given with this command\n`);
}

try {
  await main();
} catch (error) {
  console.error(`No administrator was made: ${(error as Error).message}`);
  process.exitCode = 1;
}
