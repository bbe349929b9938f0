import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

export type Wire = Awaited<ReturnType<typeof startWire>>;

/** One address before several processes, as a balancer without memory: connections go round, past whoever does not answer. And it can fail like a network. */
export async function startWire(ports: number[] = []) {
  let [targets, at, isDown, isDeaf] = [ports, 0, false, false];
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
    near.on('data', (chunk) => far.write(chunk));
    // What the far side says while the wire is deaf is lost for good, as it would be behind a dead router.
    far.on('data', (chunk) => isDeaf || near.write(chunk));
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
