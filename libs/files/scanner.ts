import { connect, type Socket } from 'node:net';
import { Logger } from '@nestjs/common';

/** `none`: no scanner is configured, which is said and never passed off as clean. `away`: one is, and does not answer. */
export type Verdict = 'clean' | 'infected' | 'none' | 'away';
export interface Scanner {
  scan(content: Buffer): Promise<Verdict>;
}
export const SCANNER = Symbol('scanner');

export const noScanner: Scanner = { scan: async () => 'none' };

const [chunkBytes, patienceMs] = [256 * 1024, 60_000];

/** clamd's INSTREAM (clamd(8)): chunks led by their length in four bytes, an empty one ends, one line answers. `tcp://host:port` or `unix:///path`. */
export class Clamd implements Scanner {
  private readonly logger = new Logger('Clamd');

  constructor(
    private readonly address: string,
    private readonly patience = patienceMs,
  ) {}

  async scan(content: Buffer): Promise<Verdict> {
    const said = await this.ask(content).catch((error: NodeJS.ErrnoException) => error.code ?? error.message);
    if (/^stream: OK$/.test(said)) return 'clean';
    if (/^stream: .+ FOUND$/.test(said)) return 'infected';
    this.logger.warn({ what: 'The scanner gave no verdict', said: said.slice(0, 80) });
    return 'away';
  }

  private ask(content: Buffer): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = this.open();
      let answer = '';
      socket.setTimeout(this.patience, () => socket.destroy(new Error('timeout')));
      socket.on('data', (data: Buffer) => (answer += data.toString()));
      socket.once('error', reject);
      socket.once('close', () => resolve(answer.replaceAll('\0', '').trim()));
      socket.once('connect', () => void send(socket, content).catch(reject));
    });
  }

  private open(): Socket {
    const { protocol, hostname, port, pathname } = new URL(this.address);
    return protocol === 'unix:' ? connect(pathname) : connect(Number(port || 3310), hostname);
  }
}

async function send(socket: Socket, content: Buffer) {
  socket.write('zINSTREAM\0');
  for (let at = 0; at < content.length && !socket.destroyed; at += chunkBytes) {
    const chunk = content.subarray(at, at + chunkBytes);
    const isRoomLeft = socket.write(Buffer.concat([lengthOf(chunk.length), chunk]));
    if (!isRoomLeft) await new Promise<void>((go) => socket.once('drain', go).once('close', go));
  }
  socket.write(lengthOf(0));
}

function lengthOf(bytes: number): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(bytes);
  return length;
}
