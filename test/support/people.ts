import type { AskCode } from '#contract';
import {
  CodesService,
  OfficesService,
  PeopleService,
  SecondFactorService,
  SessionsService,
  SignInService,
  StaffInvitationsService,
  Throttle,
  unownedKey,
} from '#people';
import type { FreshDatabase } from './database.js';

export type People = ReturnType<typeof peopleOn>;
export const consent = { version: '1' };
const visitor = { id: null, role: 'visitor' } as const;

/** Many at once, on connections that stand already: otherwise the first is done before the others have dialled. */
export async function atOnce(fresh: FreshDatabase, tries: (() => Promise<unknown>)[]): Promise<string[]> {
  await Promise.all(tries.map(() => fresh.db.look('SELECT pg_sleep(0.1)', [])));
  const settled = await Promise.allSettled(tries.map((attempt) => attempt()));
  return settled.map((one) => (one.status === 'fulfilled' ? 'ok' : ((one.reason as { code?: string }).code ?? String(one.reason))));
}

/** The services of people by hand, and what the worker would have delivered. */
export function peopleOn({ db, clock, keys, hashes, workerDb, workerKeys }: FreshDatabase) {
  const throttle = new Throttle(db, clock, hashes);
  const codes = new CodesService(clock, keys, hashes, throttle);
  const sessions = new SessionsService(db, clock, hashes);
  const people = new PeopleService(db, clock, keys, hashes, codes, sessions);
  const offices = new OfficesService(db, clock, people, sessions);
  const secondFactor = new SecondFactorService(db, clock, keys, sessions, throttle);
  const signIn = new SignInService(db, clock, hashes, codes, people, sessions, throttle);
  const staff = new StaffInvitationsService(db, clock, keys, hashes, people, offices, sessions, throttle);

  /** What a row of the worker's queue would have said, read with the worker's role and keys; null when nothing is to be sent. */
  const delivered = (table: 'one_time_codes' | 'staff_invitations', id: string): Promise<string | null> =>
    workerDb.transaction(visitor, async (tx) => {
      const [row] = (await tx.query(`SELECT code_sealed FROM ${table} WHERE id = $1`, [id])) as { code_sealed: Buffer | null }[];
      return row?.code_sealed ? workerKeys.open(tx, unownedKey, row.code_sealed, id) : null;
    });

  const ask = async (contact: string, purpose: AskCode['purpose'] = 'register') => {
    const { codeId } = await signIn.askCode(visitor, { contact, purpose, language: 'kk' }, {});
    return { codeId, code: (await delivered('one_time_codes', codeId)) ?? '' };
  };
  const register = async (contact: string, changes: { password?: string; surname?: string } = {}) =>
    people.register(
      { ...(await ask(contact)), surname: 'Сыдықова', given: 'Әсел', patronymic: '', language: 'kk', consent, ...changes },
      { device: 'test' },
    );
  const actorOf = async (token: string) => (await sessions.authenticate(token))!.actor;

  return { throttle, codes, sessions, people, offices, secondFactor, signIn, staff, delivered, ask, register, actorOf };
}
