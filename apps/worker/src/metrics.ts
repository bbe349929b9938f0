import { createServer, type Server } from 'node:http';
import { Inject, Injectable, Logger, type OnApplicationBootstrap, type OnApplicationShutdown } from '@nestjs/common';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import { BacklogOf, Deliverer, type Outcome } from '#notifications';
import { Clock, CONFIG, type Config } from '#platform';

/**
 * Lag, rates and failures for Prometheus, and whether the worker lives; on loopback, and only where WORKER_PORT names a port.
 * Ids, addresses and templates are no labels, and notices of rooms are not counted: their number would tell how much is talked.
 */
@Injectable()
export class Metrics implements OnApplicationBootstrap, OnApplicationShutdown {
  private readonly logger = new Logger('Metrics');
  private readonly registry = new Registry();
  private readonly registers = [this.registry];
  private readonly tries = new Counter({
    name: 'kelisim_delivery_attempts_total',
    help: 'Tries to deliver a notice',
    labelNames: ['channel', 'provider', 'outcome'],
    registers: this.registers,
  });
  private readonly lag = new Histogram({
    name: 'kelisim_delivery_lag_seconds',
    help: 'From when a notice was planned to when its provider took it',
    labelNames: ['channel', 'urgency'],
    buckets: [0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 3_600],
    registers: this.registers,
  });
  private readonly waiting = new Gauge({
    name: 'kelisim_backlog',
    help: 'Facts not planned yet, notices due or failed',
    labelNames: ['what', 'channel', 'state', 'weight'],
    registers: this.registers,
  });
  private readonly oldest = new Gauge({
    name: 'kelisim_backlog_oldest_seconds',
    help: 'Age of the oldest of them',
    labelNames: ['what', 'channel', 'state', 'weight'],
    registers: this.registers,
  });
  private server?: Server;

  constructor(
    @Inject(CONFIG) private readonly config: Config,
    private readonly backlog: BacklogOf,
    private readonly deliverer: Deliverer,
    private readonly clock: Clock,
  ) {}

  onApplicationBootstrap() {
    const { WORKER_PORT } = this.config;
    if (WORKER_PORT === undefined) return;
    collectDefaultMetrics({ register: this.registry });
    this.deliverer.watch((outcome) => this.count(outcome));
    this.server = createServer((request, reply) => {
      const answer = request.url === '/metrics' ? this.metrics() : this.health(request.url ?? '');
      answer.then(
        ([status, body]) => reply.writeHead(status, { 'content-type': 'text/plain; charset=utf-8' }).end(body),
        () => reply.writeHead(503).end('unavailable\n'),
      );
    }).listen(WORKER_PORT, '127.0.0.1');
    this.server.on('error', (error: Error & { code?: string }) => this.logger.warn({ what: 'No metrics', code: error.code }));
  }

  onApplicationShutdown() {
    this.server?.closeAllConnections();
    this.server?.close();
  }

  private async metrics(): Promise<[number, string]> {
    this.waiting.reset();
    this.oldest.reset();
    for (const { count, oldestSeconds, ...labels } of await this.backlog.read()) {
      this.waiting.set(labels, count);
      this.oldest.set(labels, oldestSeconds);
    }
    return [200, await this.registry.metrics()];
  }

  private async health(path: string): Promise<[number, string]> {
    if (path === '/health/live') return [200, 'live\n'];
    if (path !== '/health/ready') return [404, 'not found\n'];
    await this.backlog.read();
    return [200, 'ready\n'];
  }

  private count({ notice, ...ended }: Outcome) {
    if (notice.template === 'rooms.unread' || !('delivery' in ended)) return;
    const { provider, outcome } = ended.delivery;
    this.tries.inc({ channel: notice.channel, provider, outcome });
    if (outcome === 'sent')
      this.lag.observe(
        { channel: notice.channel, urgency: notice.urgency },
        (this.clock.now().getTime() - notice.plannedAt.getTime()) / 1000,
      );
  }
}
