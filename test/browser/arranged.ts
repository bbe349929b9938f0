import pg from 'pg';
import type { Language, Role } from '#contract';
import { Clock, Keyring, Keys, newId } from '#platform';
import { secretsIn } from '../../apps/launcher/src/secrets.js';
import { arrangeMediation, openSession } from '../support/mediation.js';
import type { Stage } from './house.js';
import type { Person } from './person.js';

type Seat = { language: Language; width: number; timezoneId?: string };
type Who = { id: string; role: string };
type Way = Parameters<typeof arrangeMediation>[1];

/** A case in mediation, put there by SQL as its way there is walked by other journeys, and its people at their browsers, signed in. */
export async function mediationOf({ house, visitor }: Pick<Stage, 'house' | 'visitor'>, way: Way = {}) {
  const pool = new pg.Pool({ connectionString: house.adminUrl, max: 2 });
  const admin = async <T = unknown>(sql: string, values: unknown[] = []) => (await pool.query(sql, values)).rows as T[];
  const people = await arrangeMediation({ admin }, way);
  /** Signs somebody in at a browser that may be any; returns the session. */
  const enter = async ({ page }: Person, who: Who, ownDevice = false): Promise<string> => {
    const { cookie, sessionId } = await openSession(admin, { id: who.id, role: who.role as Role }, new Date().toISOString(), ownDevice);
    await page.context().addCookies([{ name: 'kelisim', value: cookie.slice(cookie.indexOf('=') + 1), url: house.origin }]);
    return sessionId;
  };
  const sit = async (who: Who, seat: Seat, ownDevice = false): Promise<Person> => {
    const person = await visitor(seat, `${who.id}@example.kz`);
    await enter(person, who, ownDevice);
    return person;
  };
  return { ...people, admin, enter, sit, openRooms: () => openRoomsOf(house, admin, people.caseId), close: () => pool.end() };
}

/** Opens the rooms as the end of the contract would, each with a key of its own. */
export async function openRoomsOf({ dir }: Stage['house'], admin: <T>(sql: string, values?: unknown[]) => Promise<T[]>, caseId: string) {
  const { contentKeys, contactKeys } = secretsIn(`${dir}/secrets.json`);
  const keys = new Keys(new Clock(), new Keyring(contactKeys), new Keyring(contentKeys));
  const opened = await admin<{ room_id: string }>('SELECT room_id FROM open_rooms($1, $2, $3, $4, $5)', [
    caseId,
    newId(),
    newId(),
    newId(),
    new Date(),
  ]);
  const tx = { query: (sql: string, values: unknown[]) => admin(sql, values) } as Parameters<Keys['create']>[0];
  for (const { room_id } of opened) await keys.create(tx, { scope: 'room', id: room_id });
}
