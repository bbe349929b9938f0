import { z } from 'zod';

/** A name of the IANA time-zone database that this machine knows; an offset such as "+05:00" is none. */
export const Zone = z
  .string()
  .max(60)
  .regex(/^[A-Za-z_]+(\/[A-Za-z0-9_+-]+)*$/)
  .refine(isKnownZone);
function isKnownZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en-US', { timeZone: zone }).resolvedOptions();
    return true;
  } catch {
    return false;
  }
}
/** The zone in which the House counts. */
export const houseZone = 'Asia/Almaty';
