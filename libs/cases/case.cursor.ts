import { DomainError } from '#platform';

/** Where a page of a list by time ended: what moves while somebody reads neither hides a row nor repeats one. */
export const cursorOf = (at: Date, id: string) => `${at.toISOString()}~${id}`;

export function cursorFrom(after: string): [at: string, id: string] {
  const [at, id] = /^(\d{4}-\d\d-\d\dT[\d:.]+Z)~([0-9a-f-]{36})$/.exec(after)?.slice(1) ?? [];
  if (!at || !id || Number.isNaN(Date.parse(at))) throw new DomainError('invalid', { fields: { after: 'invalid' } });
  return [at, id];
}
