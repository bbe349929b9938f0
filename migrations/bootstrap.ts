import pg from 'pg';
import { DataSource } from 'typeorm';
import { migrations } from './list.js';
import { fillRegisters } from './registers.js';

/** Roles that sign in, each with its own password. */
export const loginRoles = ['owner', 'app', 'worker', 'court', 'report', 'backup'] as const;
export type LoginRole = (typeof loginRoles)[number];
export type RoleUrls = Record<LoginRole, string>;

/**
 * Makes the roles and the database if they are missing, then migrates. Safe to repeat.
 * @param adminUrl a role that may create roles and databases; used here and never by an app
 * @param passwords one per role that signs in; given again they are set anew
 */
export async function bootstrap(adminUrl: string, passwords: Record<LoginRole, string>, database = 'cabinet'): Promise<RoleUrls> {
  await as(adminUrl, async (admin) => {
    for (const role of loginRoles) {
      await createRole(admin, `cabinet_${role}`, `LOGIN PASSWORD ${pg.escapeLiteral(passwords[role])}`);
    }
    for (const role of ['cabinet_writer', 'cabinet_guard']) await createRole(admin, role, 'NOLOGIN');
    await admin.query('ALTER ROLE cabinet_backup BYPASSRLS');
    const { rowCount } = await admin.query('SELECT 1 FROM pg_database WHERE datname = $1', [database]);
    if (!rowCount) await admin.query(`CREATE DATABASE ${pg.escapeIdentifier(database)} OWNER cabinet_owner`);
  });
  const adminHere = new URL(adminUrl);
  adminHere.pathname = `/${database}`;
  const urls = Object.fromEntries(loginRoles.map((role) => [role, urlOf(adminHere, role, passwords[role])])) as RoleUrls;
  await as(adminHere.href, async (admin) => {
    await admin.query('REVOKE ALL ON SCHEMA public FROM PUBLIC');
    await admin.query('ALTER SCHEMA public OWNER TO cabinet_owner; CREATE EXTENSION IF NOT EXISTS btree_gist');
    await admin.query(
      'GRANT cabinet_writer, cabinet_guard TO cabinet_owner; GRANT CREATE ON SCHEMA public TO cabinet_writer, cabinet_guard',
    );
    try {
      await migrate(urls.owner);
    } finally {
      // The owner keeps no share in the roles that pass row-level security.
      await admin.query(
        'REVOKE cabinet_writer, cabinet_guard FROM cabinet_owner; REVOKE CREATE ON SCHEMA public FROM cabinet_writer, cabinet_guard',
      );
    }
  });
  return urls;
}

async function migrate(ownerUrl: string) {
  const source = new DataSource({ type: 'postgres', url: ownerUrl, migrations, migrationsTransactionMode: 'each' });
  await source.initialize();
  try {
    await source.runMigrations();
    await fillRegisters(source);
  } finally {
    await source.destroy();
  }
}

async function createRole(admin: pg.Client, name: string, options: string) {
  const { rowCount } = await admin.query('SELECT 1 FROM pg_roles WHERE rolname = $1', [name]);
  await admin.query(`${rowCount ? 'ALTER' : 'CREATE'} ROLE ${name} ${options}`);
}

function urlOf(base: URL, role: LoginRole, password: string) {
  const url = new URL(base);
  url.username = `cabinet_${role}`;
  url.password = password;
  return url.href;
}

async function as(url: string, work: (client: pg.Client) => Promise<void>) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}
