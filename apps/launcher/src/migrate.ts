import { bootstrap, type RoleUrls } from '../../../migrations/index.js';

/**
 * The step before api and worker where they run apart: makes roles and database if they are missing, then migrates.
 * ADMIN_DATABASE_URL may create roles and databases; each role's password comes in OWNER_PASSWORD, APP_PASSWORD and so on.
 */
const roles: (keyof RoleUrls)[] = ['owner', 'app', 'worker', 'court', 'report', 'backup'];

const passwords = Object.fromEntries(roles.map((role) => [role, given(`${role.toUpperCase()}_PASSWORD`)])) as RoleUrls;
await bootstrap(given('ADMIN_DATABASE_URL'), passwords);
console.log('The database is migrated.');

function given(name: string): string {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is missing`);
  return value;
}
