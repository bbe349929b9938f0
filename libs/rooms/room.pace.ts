import { DomainError } from '#platform';

const limits = { burst: 1_500, perSecond: 200, remembered: 10_000 };

/**
 * What one room takes through one process, whoever posts there and by whichever way: so much at once, then so much per second. It is
 * asked after membership is known, so that nobody else can use a room's share up.
 */
export class RoomPace {
  private readonly rooms = new Map<string, { left: number; at: number }>();

  take(roomId: string, now = performance.now()) {
    const { left, at } = this.rooms.get(roomId) ?? { left: limits.burst, at: now };
    const share = Math.min(limits.burst, left + ((now - at) / 1_000) * limits.perSecond);
    if (share < 1) throw new DomainError('too_many_attempts', { retryAfter: 1 });
    this.rooms.delete(roomId);
    this.rooms.set(roomId, { left: share - 1, at: now });
    // The longest unused goes first, and has its whole share again by then.
    if (this.rooms.size > limits.remembered) this.rooms.delete(this.rooms.keys().next().value!);
  }
}
