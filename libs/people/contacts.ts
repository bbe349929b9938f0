import type { EntityManager } from 'typeorm';
import { email, isLandline, phoneFrom } from '#contract';
import { DomainError, type KeyedHash } from '#platform';

/** Where somebody can be reached, normalised: an e-mail address or a Kazakh phone. */
export type Reach = { channel: 'email' | 'sms'; contact: string };

/** Tells an address from a phone as people type them, or refuses the field. */
export function reachFrom(typed: string, field = 'contact'): Reach {
  if (!typed.includes('@')) {
    const phone = phoneFrom(typed);
    if (phone && isLandline(phone)) throw new DomainError('invalid', { fields: { [field]: 'landline' } });
    if (phone) return { channel: 'sms', contact: phone };
  } else {
    const address = email.safeParse(typed);
    if (address.success) return { channel: 'email', contact: address.data };
  }
  throw new DomainError('invalid', { fields: { [field]: 'contact' } });
}

/** The columns of persons that hold a contact of this channel. */
export const columnOf = { email: 'email', sms: 'phone' } as const;

/** What a contact is looked up by. Parties' contacts are hashed alike, so that a party and an account can be matched. */
export const contactHash = (hashes: KeyedHash, { channel, contact }: Reach) => hashes.of('contact', `${columnOf[channel]}:${contact}`);

export type Found = { id: string; disabled: boolean };

/** The account that has verified this contact. */
export async function holderOf(tx: Pick<EntityManager, 'query'>, hash: Buffer): Promise<Found | null> {
  const rows = (await tx.query(
    'SELECT id, disabled_at IS NOT NULL AS disabled FROM persons WHERE email_hash = $1 UNION ALL SELECT id, disabled_at IS NOT NULL FROM persons WHERE phone_hash = $1',
    [hash],
  )) as Found[];
  return rows[0] ?? null;
}
