import type { RoleUrls } from '../../../migrations/index.js';
import type { Secrets } from './secrets.js';

export type Environment = Record<string, string>;

type Parts = {
  roles: RoleUrls;
  redisUrl: string;
  smtpUrl: string;
  sms: Environment;
  port: number;
  webPorts: number[];
  dataDir: string;
  secrets: Secrets;
};

/** What a child may see of the launcher's own environment; the administrator's database address is not among it. */
const passedOn = [
  'PATH',
  'HOME',
  'TMPDIR',
  'LANG',
  'LC_ALL',
  'TZ',
  'NODE_OPTIONS',
  'NODE_ENV',
  'DEMO',
  'HOST',
  'LOG_LEVEL',
  'MAIL_FROM',
  'CLAMD_URL',
  'S3_URL',
  'TEST_CLOCK',
];

const originsOf = (...ports: number[]) => ports.flatMap((port) => [`http://localhost:${port}`, `http://127.0.0.1:${port}`]).join(',');

/** Each process gets the database roles and keys it works with, and no more: the worker holds no content key. */
export function environments(parts: Parts, own: NodeJS.ProcessEnv): { api: Environment; worker: Environment } {
  const { roles, secrets, port } = parts;
  const shared: Environment = {
    ...pick(own, passedOn),
    DEMO: isDemo(own) ? 'true' : 'false',
    PORT: String(port),
    WEB_ORIGIN: own.WEB_ORIGIN ?? originsOf(...parts.webPorts),
    DATA_DIR: parts.dataDir,
    REDIS_URL: parts.redisUrl,
    SMTP_URL: parts.smtpUrl,
    ...parts.sms,
    CONTACT_KEYS: secrets.contactKeys,
    HASH_KEY: secrets.hashKey,
    VAPID_PUBLIC_KEY: secrets.vapid.publicKey,
    VAPID_PRIVATE_KEY: secrets.vapid.privateKey,
  };
  return {
    api: {
      ...shared,
      DATABASE_URL: roles.app,
      COURT_DATABASE_URL: roles.court,
      REPORT_DATABASE_URL: roles.report,
      CONTENT_KEYS: secrets.contentKeys,
    },
    worker: { ...shared, DATABASE_URL: roles.worker, WORKER_DATABASE_URL: roles.worker },
  };
}

const pick = (own: NodeJS.ProcessEnv, names: string[]): Environment =>
  Object.fromEntries(names.flatMap((name) => (own[name] === undefined ? [] : [[name, own[name]]])));

/** On this machine the demo is on; a production set-up, or DEMO=false, has none. */
const isDemo = ({ DEMO, NODE_ENV }: NodeJS.ProcessEnv) =>
  DEMO === undefined ? NODE_ENV !== 'production' : /^(true|1|yes|on)$/i.test(DEMO);
