import type { RoomView } from '#contract';

/** What stands beside a message: its author's name, shape and side. */
export function authorOf(room: RoomView, personId: string) {
  const member = room.members.find((one) => one.personId === personId);
  return { name: member?.name ?? null, mark: member?.capacity === 'asker' ? ('A' as const) : (member?.side ?? ('mediator' as const)) };
}
