import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type Wire = Awaited<ReturnType<typeof startWire>>;

/** One address before several processes, as a balancer without memory: connections go round, past whoever does not answer. And it can fail like a network. */
export async function startWire(ports: number[] = []) {
  let [targets, at, isDown, isDeaf] = [ports, 0, false, false];
  const roads = { up: new Road(), down: new Road() };
  const pairs = new Set<[near: Socket, far: Socket]>();

  const reach = async (near: Socket) => {
    for (let tries = 0; tries < targets.length; tries += 1) {
      const far = connect({ port: targets[(at += 1) % targets.length]!, host: '127.0.0.1', noDelay: true });
      const isThere = await new Promise<boolean>(
        (resolve) => void far.once('connect', () => resolve(true)).once('error', () => resolve(false)),
      );
      if (isThere) return join(near, far);
    }
    near.destroy();
  };

  const join = (near: Socket, far: Socket) => {
    const pair: [Socket, Socket] = [near, far];
    pairs.add(pair);
    for (const [one, other] of [pair, [far, near]] as const) {
      one.on('error', () => other.destroy()).on('close', () => (other.destroy(), pairs.delete(pair)));
    }
    near.on('data', (chunk) => roads.up.carry(chunk, far));
    // What the far side says while the wire is deaf is lost for good, as it would be behind a dead router.
    far.on('data', (chunk) => isDeaf || roads.down.carry(chunk, near));
    near.resume();
  };

  const server = createServer({ noDelay: true, pauseOnConnect: true }, (near) => {
    near.on('error', () => undefined);
    if (isDown) near.destroy();
    else void reach(near);
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const cut = () => {
    for (const pair of pairs) for (const end of pair) end.resetAndDestroy();
  };
  const { port } = server.address() as AddressInfo;
  return {
    port,
    origin: `http://127.0.0.1:${port}`,
    lead: (to: number[]) => void (targets = to),
    cut,
    /** Nobody gets through until `up`. */
    down: () => {
      isDown = true;
      cut();
    },
    up: () => void (isDown = isDeaf = false),
    /** As a weak mobile line: so many bytes a second each way for all together, each so long on its way. */
    slow: (bytesPerSecond: number, delayMs: number) => Object.values(roads).forEach((road) => road.slow(bytesPerSecond, delayMs)),
    /** Takes what clients send and loses what comes back: acknowledgements, messages, all. Cut before hearing again. */
    deafen: () => void (isDeaf = true),
    open: () => pairs.size,
    stop: async () => {
      cut();
      server.close();
      await once(server, 'close');
    },
  };
}

/** One way of a wire. What was sent first arrives first, also when the pace changes meanwhile. */
class Road {
  private pace = { bytesPerSecond: Infinity, delayMs: 0 };
  private freeAt = 0;
  private lastAt = 0;

  slow(bytesPerSecond: number, delayMs: number) {
    this.pace = { bytesPerSecond, delayMs };
  }

  carry(chunk: Buffer, to: Socket) {
    const now = performance.now();
    const { bytesPerSecond, delayMs } = this.pace;
    this.freeAt = Math.max(now, this.freeAt) + (chunk.length / bytesPerSecond) * 1000;
    this.lastAt = Math.max(this.lastAt, this.freeAt + delayMs / 2);
    if (this.lastAt <= now) to.write(chunk);
    else setTimeout(() => to.writable && to.write(chunk), this.lastAt - now);
  }
}
