import { vi } from 'vitest';

/** Waits for what another process or a socket does in its own time: as long as a busy machine may need, and no longer than it takes. */
export const eventually = <T>(check: () => T | Promise<T>): Promise<T> => vi.waitFor(check, { timeout: 20_000, interval: 20 });
