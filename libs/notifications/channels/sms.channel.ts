import { isLandline } from '#contract';
import type { Delivery } from '#platform';
import { writeSms } from '../texts/write.js';
import type { Kit, Sending } from './table.js';

/** A landline takes no text message however often it is tried: the desk hears of it at once. */
export async function carrySms({ notice, letter, reached: { to } }: Sending, { sms, addresses }: Kit): Promise<Delivery> {
  const text = writeSms(letter, addresses);
  if (isLandline(to)) return { outcome: 'failed', provider: 'house', error: 'landline' };
  return sms.send({ to, text, reference: notice.id });
}
