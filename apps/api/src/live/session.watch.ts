import { Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import type { Namespace } from 'socket.io';
import type { Actor } from '#contract';
import { Clock, Database } from '#platform';
import { PostgresLine } from './postgres.line.js';
import type { SocketData } from './socket.door.js';

const sweepEvery = 30_000;
const remembered = 60_000;
const system: Actor = { id: null, role: 'system' };
const isOf = ({ sessionId, asker }: SocketData, id: string) => sessionId === id || asker.actor.id === id;

/**
 * Sockets end with their session. PostgreSQL tells (channel `sessions`: the id of a session that was revoked, or of a person all of
 * whose sessions were) in the order of commits; a sweep every half a minute, and after every break of that line, finds what was
 * missed or simply expired. A message is besides judged by its session inside the transaction that keeps it.
 */
@Injectable()
export class SessionWatch implements OnModuleInit, OnApplicationShutdown {
  private readonly logger = new Logger('SessionWatch');
  private readonly namespaces: Namespace[] = [];
  private readonly ended = new Map<string, number>();
  private timer?: NodeJS.Timeout;

  constructor(
    private readonly line: PostgresLine,
    private readonly db: Database,
    private readonly clock: Clock,
  ) {}

  onModuleInit() {
    this.line.listen(
      'sessions',
      (id) => this.end(id),
      () => this.sweep(),
    );
    this.timer = setInterval(() => void this.sweep(), sweepEvery).unref();
  }

  onApplicationShutdown() {
    clearInterval(this.timer);
  }

  watch(namespace: Namespace) {
    this.namespaces.push(namespace);
  }

  /** Did one of these ids end since then? Closes the gap between asking for a session and being told of its end. */
  endedSince(ids: string[], since: number): boolean {
    return ids.some((id) => (this.ended.get(id) ?? -1) >= since);
  }

  private end(id: string) {
    this.ended.set(id, performance.now());
    for (const namespace of this.namespaces)
      for (const socket of namespace.sockets.values()) if (isOf(socket.data as SocketData, id)) socket.disconnect(true);
  }

  private async sweep() {
    for (const [id, at] of this.ended) if (at < performance.now() - remembered) this.ended.delete(id);
    const open = new Set(
      this.namespaces.flatMap((one) => [...one.sockets.values()].map(({ data }) => (data as { sessionId: string }).sessionId)),
    );
    if (open.size === 0) return;
    try {
      const living = new Set(await this.living([...open]));
      for (const id of open) if (!living.has(id)) this.end(id);
    } catch (error) {
      this.logger.warn({ what: 'Sessions could not be swept', name: (error as Error).name });
    }
  }

  private living(ids: string[]): Promise<string[]> {
    return this.db.transaction(system, async (tx) => {
      const rows = (await tx.query('SELECT id FROM sessions WHERE id = ANY($1) AND revoked_at IS NULL AND expires_at > $2', [
        ids,
        this.clock.now(),
      ])) as { id: string }[];
      return rows.map(({ id }) => id);
    });
  }
}
