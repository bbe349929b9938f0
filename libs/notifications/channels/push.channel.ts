import { writePush } from '../texts/write.js';
import type { Carried, Kit, Sending } from './table.js';

/** To every device of the reader; one that took it is enough. */
export async function carryPush({ notice, letter, reached: { devices = [] } }: Sending, { push, addresses }: Kit): Promise<Carried> {
  const payload = writePush(letter, addresses);
  const ends = await Promise.all(
    devices.map(async (device) => ({ id: device.id, ...(await push.send({ device, payload, urgent: notice.urgency !== 'courtesy' })) })),
  );
  const gone = ends.flatMap(({ id, gone: isGone }) => (isGone ? [id] : []));
  const best = (['sent', 'retry', 'failed'] as const).flatMap((outcome) => ends.filter((end) => end.outcome === outcome))[0]!;
  const { outcome, provider, receipt, error } = best;
  return { outcome, provider, gone, ...(receipt ? { receipt } : {}), ...(error ? { error } : {}) };
}
