/** Kazakhstan is one zone, UTC+5, since 1 March 2024. */
const offsetMs = 5 * 3_600_000;
const dayMs = 24 * 3_600_000;
const [quietFrom, quietTo] = [21, 8];

/** When a courtesy notice may go out: at once by day, at eight in the morning when it is night where people live. */
export function afterQuietHours(at: Date): Date {
  const local = at.getTime() + offsetMs;
  const midnight = Math.floor(local / dayMs) * dayMs;
  const hour = (local - midnight) / 3_600_000;
  if (hour >= quietTo && hour < quietFrom) return at;
  return new Date(midnight + (hour >= quietFrom ? dayMs : 0) + quietTo * 3_600_000 - offsetMs);
}
