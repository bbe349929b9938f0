import { z } from 'zod';

function secretOf(pair: string): [name: string, secret: Buffer] {
  const [name = '', secret = ''] = pair.trim().split(':');
  return [name, Buffer.from(secret.replace(/^whsec_/, ''), 'base64')];
}

const url = (protocol: RegExp) => z.url({ protocol });
const schema = z.object({
  NODE_ENV: z.enum(['development', 'test', 'production']).default('development'),
  /** Demo mode: generated accounts, and the confirmation methods that are for demo only. Never together with production. */
  DEMO: z.stringbool().default(false),
  PORT: z.coerce.number().int().min(0).max(65_535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  /** Metrics and health of the worker, on loopback; none without it. */
  WORKER_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** Addresses of the web app, comma separated; the first one goes into messages. */
  WEB_ORIGIN: z
    .string()
    .default('http://localhost:3000')
    .transform((value) => value.split(',').map((one) => new URL(one.trim()).origin)),
  DATA_DIR: z.string().default('.cabinet'),
  /** A bucket for files, `https://KEY:SECRET@host/bucket?region=name`; without it they lie in DATA_DIR/files. */
  S3_URL: url(/^https?$/).optional(),
  /** clamd's address, `tcp://host:port` or `unix:///path`; without it files are taken and said to be not scanned. */
  CLAMD_URL: url(/^(tcp|unix)$/).optional(),
  DATABASE_URL: url(/^postgres/),
  WORKER_DATABASE_URL: url(/^postgres/).optional(),
  COURT_DATABASE_URL: url(/^postgres/).optional(),
  REPORT_DATABASE_URL: url(/^postgres/).optional(),
  REDIS_URL: url(/^rediss?$/),
  /** Keeps the queues of several cabinets on one Redis apart. */
  QUEUE_PREFIX: z.string().default('kelisim'),
  /** One address, or two with a comma between them: the second takes over while the first fails. */
  SMTP_URL: z
    .string()
    .optional()
    .transform((value) => value?.split(',').map((one) => one.trim()))
    .pipe(z.array(url(/^smtps?$/)).optional()),
  SMS_URL: url(/^https?$/).optional(),
  SMS_KEY: z.string().default(''),
  /** The registered sender's name of text messages. */
  SMS_FROM: z.string().max(11).default('KELISIM'),
  /** What mail providers sign their reports with (Standard Webhooks): "name:whsec_base64,name:whsec_base64"; POST /api/bounces/NAME. */
  BOUNCE_SECRETS: z
    .string()
    .default('')
    .transform((value) => Object.fromEntries(value.split(',').filter(Boolean).map(secretOf)))
    .refine((secrets) => Object.values(secrets).every(({ length }) => length >= 24), 'a secret has at least 24 bytes'),
  /** Keys of web push (RFC 8292), base64url; without them no device is offered it. */
  VAPID_PUBLIC_KEY: z.string().optional(),
  VAPID_PRIVATE_KEY: z.string().optional(),
  /** The only hosts a device may be reached at: push services of browsers; one that begins with a dot stands for all below it. */
  PUSH_HOSTS: z
    .string()
    .default('fcm.googleapis.com,.push.services.mozilla.com,.push.apple.com,.notify.windows.com')
    .transform((value) => value.split(',').map((one) => one.trim())),
  MAIL_FROM: z.string().default('no-reply@kelisim.test'),
  /** Master keys "id:base64,id:base64", or "file:PATH" of a file with them, to rotate them while running; the last one wraps new data keys. Content keys belong to the api alone. */
  CONTENT_KEYS: z.string().optional(),
  CONTACT_KEYS: z.string(),
  HASH_KEY: z.string().min(32),
  /** Path of a file that holds the hour, for tests on this machine. */
  TEST_CLOCK: z.string().optional(),
  /** The one address of this machine that calendars kept elsewhere may be read from, for tests: private addresses are closed to it. */
  TEST_CALENDAR_ADDRESS: z.ipv4().optional(),
  LOG_LEVEL: z.enum(['debug', 'log', 'warn', 'error']).default('log'),
});

export type Config = Readonly<z.infer<typeof schema>>;
export const CONFIG = Symbol('config');

/** Read once, at the door of each app. Nothing else looks at the environment. */
export function configFrom(env: NodeJS.ProcessEnv): Config {
  const parsed = schema.safeParse(env);
  if (!parsed.success) throw new Error(`Bad environment:\n${z.prettifyError(parsed.error)}`);
  const config = parsed.data;
  if (config.TEST_CLOCK && config.NODE_ENV !== 'test') throw new Error('TEST_CLOCK is for tests only (NODE_ENV=test).');
  if (config.TEST_CLOCK && !['127.0.0.1', 'localhost', '::1'].includes(config.HOST)) throw new Error('TEST_CLOCK needs a loopback HOST.');
  if (config.TEST_CALENDAR_ADDRESS && config.NODE_ENV !== 'test')
    throw new Error('TEST_CALENDAR_ADDRESS is for tests only (NODE_ENV=test).');
  if (config.DEMO && config.NODE_ENV === 'production') throw new Error('DEMO and NODE_ENV=production exclude each other.');
  return Object.freeze(config);
}

/** The name under which rules of an environment are looked up (confirmation methods). */
export const environmentOf = (config: Config) =>
  config.NODE_ENV === 'test' ? 'test' : config.DEMO ? 'demo' : config.NODE_ENV === 'production' ? 'production' : 'development';

const levels = ['debug', 'log', 'warn', 'error', 'fatal'] as const;
/** The level asked for and all above it. */
export const logLevelsFrom = (lowest: Config['LOG_LEVEL']) => levels.slice(levels.indexOf(lowest));
