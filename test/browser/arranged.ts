import pg from 'pg';
import type { Language, Role } from '#contract';
import { arrangeMediation, openSession } from '../support/mediation.js';
import type { Stage } from './house.js';
import type { Person } from './person.js';

type Seat = { language: Language; width: number; timezoneId?: string };

/** A case in mediation, put there by SQL as its way there is walked by other journeys, and its people at their browsers, signed in. */
export async function mediationOf({ house, visitor }: Pick<Stage, 'house' | 'visitor'>) {
  const pool = new pg.Pool({ connectionString: house.adminUrl, max: 2 });
  const admin = async (sql: string, values: unknown[] = []) => (await pool.query(sql, values)).rows as unknown[];
  const people = await arrangeMediation({ admin });
  const now = new Date().toISOString();
  const sit = async (who: { id: string; role: string }, seat: Seat): Promise<Person> => {
    const person = await visitor(seat, `${who.id}@example.kz`);
    const { cookie } = await openSession(admin, { id: who.id, role: who.role as Role }, now);
    await person.page.context().addCookies([{ name: 'kelisim', value: cookie.slice(cookie.indexOf('=') + 1), url: house.origin }]);
    return person;
  };
  return { ...people, admin, sit, close: () => pool.end() };
}
