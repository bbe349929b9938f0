import 'reflect-metadata';
import { DataSource } from 'typeorm';
import { dataConsent, type Language } from '#contract';
import { CodesService, OfficesService, PeopleService, reachFrom, SessionsService, Throttle } from '#people';
import { Clock, Database, DomainError, KeyedHash, Keyring, Keys } from '#platform';
import type { CabinetKeys } from './cabinet-keys.js';

export type NewAdministrator = { email: string; surname: string; given: string; patronymic: string; language: Language; password: string };

const refusals: Partial<Record<string, string>> = {
  conflict: 'there is an administrator already, and staff come by invitation; for one more, add --another',
  'contact.taken': 'an account has this address already; sign in with it, or take another address',
  'password.weak': 'the password is too easy: at least 10 characters, no common words, no name or address',
  invalid: 'this is not an e-mail address',
};

/** The services of the house, in the hands of who runs the machine. */
export async function createAdministrator(cabinet: CabinetKeys, person: NewAdministrator, another: boolean): Promise<string> {
  const source = await new DataSource({ type: 'postgres', url: cabinet.url, applicationName: 'kelisim-admin-create' }).initialize();
  try {
    const { channel, contact } = reachFrom(person.email);
    if (channel !== 'email') throw new DomainError('invalid');
    return await officesOn(source, cabinet).createAdministrator({ ...person, channel, contact, consent: dataConsent }, { another });
  } catch (error) {
    const known = error instanceof DomainError && refusals[error.code];
    throw known ? new Error(known) : error;
  } finally {
    await source.destroy();
  }
}

function officesOn(source: DataSource, { contactKeys, hashKey }: CabinetKeys) {
  const [db, clock, hashes] = [new Database(source), new Clock(), new KeyedHash(hashKey)];
  const keys = new Keys(clock, new Keyring(contactKeys), null);
  const sessions = new SessionsService(db, clock, hashes);
  const codes = new CodesService(clock, keys, hashes, new Throttle(db, clock, hashes));
  return new OfficesService(db, clock, new PeopleService(db, clock, keys, hashes, codes, sessions), sessions);
}
