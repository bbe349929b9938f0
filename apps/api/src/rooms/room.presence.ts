/** Who has entered a room through other processes, as they told it last. */
export class PresenceElsewhere {
  private readonly rooms = new Map<string, Map<string, string[]>>();

  set(process: string, roomId: string, persons: string[]) {
    const room = this.rooms.get(roomId) ?? new Map<string, string[]>();
    if (persons.length > 0) this.rooms.set(roomId, room.set(process, persons));
    else room.delete(process);
    if (room.size === 0) this.rooms.delete(roomId);
  }

  of = (roomId: string): string[] => [...(this.rooms.get(roomId)?.values() ?? [])].flat();

  /** Returns the rooms where somebody was present through that process. */
  forget(process: string): string[] {
    const left = [...this.rooms].filter(([, room]) => room.has(process)).map(([roomId]) => roomId);
    for (const roomId of left) this.set(process, roomId, []);
    return left;
  }
}
