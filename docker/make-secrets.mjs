import { createECDH, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';

/** Writes one environment file per service, each with no more than its service needs. What is there is never overwritten. */
const origin = process.argv[2] ?? '';
const folder = new URL('secrets/', import.meta.url);
if (!/^https:\/\/[^/]+$/.test(origin)) refuse('Usage: node docker/make-secrets.mjs https://the.address.of.the.cabinet');
if (existsSync(folder)) refuse(`${folder.pathname} exists; keys made anew would leave everything encrypted unreadable.`);

const secret = () => randomBytes(24).toString('base64url');
const masterKey = () => `1:${randomBytes(32).toString('base64')}`;
const passwords = Object.fromEntries(
  ['owner', 'app', 'worker', 'court', 'report', 'backup', 'admin', 'redis'].map((name) => [name, secret()]),
);
const database = (user, password, name = 'cabinet') => `postgres://${user}:${password}@postgres:5432/${name}`;
const role = (name) => database(`cabinet_${name}`, passwords[name]);
// Web push (RFC 8292): a P-256 pair, both halves base64url.
const pushKeys = createECDH('prime256v1');
pushKeys.generateKeys();
const shared = {
  WEB_ORIGIN: origin,
  REDIS_URL: `redis://:${passwords.redis}@redis:6379`,
  SMTP_URL: 'smtp://mail:1025',
  CONTACT_KEYS: masterKey(),
  HASH_KEY: secret() + secret(),
  VAPID_PUBLIC_KEY: pushKeys.getPublicKey('base64url'),
  VAPID_PRIVATE_KEY: pushKeys.getPrivateKey('base64url').padStart(43, 'A'),
};

const files = {
  postgres: { POSTGRES_PASSWORD: passwords.admin },
  redis: { REDIS_PASSWORD: passwords.redis },
  migrate: {
    ADMIN_DATABASE_URL: database('postgres', passwords.admin, 'postgres'),
    OWNER_PASSWORD: passwords.owner,
    APP_PASSWORD: passwords.app,
    WORKER_PASSWORD: passwords.worker,
    COURT_PASSWORD: passwords.court,
    REPORT_PASSWORD: passwords.report,
    BACKUP_PASSWORD: passwords.backup,
  },
  api: {
    ...shared,
    DATABASE_URL: role('app'),
    COURT_DATABASE_URL: role('court'),
    REPORT_DATABASE_URL: role('report'),
    CONTENT_KEYS: masterKey(),
  },
  worker: { ...shared, DATABASE_URL: role('worker'), WORKER_DATABASE_URL: role('worker') },
};

mkdirSync(folder, { mode: 0o700 });
for (const [name, values] of Object.entries(files)) {
  const lines = Object.entries(values).map(([key, value]) => `${key}=${value}\n`);
  writeFileSync(new URL(`${name}.env`, folder), lines.join(''), { mode: 0o600 });
}
process.stdout.write(`Written: ${folder.pathname}. Keep a copy of it in a safe place, apart from the backups.\n`);

function refuse(line) {
  process.stderr.write(`${line}\n`);
  process.exit(1);
}
