import { dataConsent, type SignedIn } from '#contract';
import type { Cabinet } from './cabinet.js';
import { openSession } from './mediation.js';
import type { Visitor } from './visitor.js';

/** Somebody signed in, at a browser of his own. */
export async function signedIn(cabinet: Cabinet, actor: SignedIn): Promise<Visitor> {
  const { cookie } = await openSession(cabinet.admin, actor, cabinet.now().toISOString());
  const visitor = cabinet.visitor();
  const [name = '', value = ''] = cookie.split('=');
  (visitor as unknown as { jar: Map<string, string> }).jar.set(name, value);
  return visitor;
}

/** The same person, who has agreed to the processing of his data. */
export async function consenting<T extends SignedIn>(cabinet: Cabinet, actor: T): Promise<T> {
  await cabinet.admin('INSERT INTO consents (person_id, document, version, given_at) VALUES ($1, $2, $3, $4)', [
    actor.id,
    dataConsent.document,
    dataConsent.version,
    cabinet.now(),
  ]);
  return actor;
}
