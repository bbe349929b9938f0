import { connect, type Socket } from 'node:net';

type Heard = { event: (text: string) => void; answer: (id: number, text: string) => void };
const [text, goodbye, long, longest] = [0x81, 0x88, 126, 127];

/** Socket.IO over a plain websocket, as little of it as a measurement needs: the client must not be what is measured. */
export class Line {
  private rest: Buffer = Buffer.alloc(0);
  private isOpen = false;

  private constructor(
    private readonly socket: Socket,
    private readonly heard: Heard,
    private readonly joined: () => void,
  ) {}

  static open(port: number, headers: Record<string, string>, heard: Heard): Promise<Line> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: '127.0.0.1', noDelay: true });
      const line: Line = new Line(socket, heard, () => resolve(line));
      socket.on('data', (chunk) => line.take(chunk)).on('error', reject);
      socket.on('close', () => reject(new Error('the line was closed')));
      const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
      socket.write(
        `GET /socket.io/?EIO=4&transport=websocket HTTP/1.1\r\nHost: 127.0.0.1:${port}\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n` +
          `Sec-WebSocket-Key: ${Buffer.alloc(16, 7).toString('base64')}\r\nSec-WebSocket-Version: 13\r\n${more.join('')}\r\n`,
      );
    });
  }

  /** An event of namespace /rooms; with an id it is answered. */
  emit(name: string, payload: object, id: number | '' = '') {
    this.send(`42/rooms,${id}["${name}",${JSON.stringify(payload)}]`);
  }

  get isClosed() {
    return this.socket.destroyed || this.socket.readableEnded;
  }

  close() {
    this.socket.removeAllListeners('close').on('error', () => undefined);
    this.socket.destroy();
  }

  /** A frame as it stands. Told nothing of what it means. */
  send(frame: string) {
    const body = Buffer.from(frame);
    // A mask of zeros leaves the text as it is (RFC 6455, 5.3).
    const head = Buffer.alloc(body.length < long ? 6 : body.length < 0x10000 ? 8 : 14);
    head[0] = text;
    head[1] = 0x80 | (body.length < long ? body.length : body.length < 0x10000 ? long : longest);
    if (head.length === 8) head.writeUInt16BE(body.length, 2);
    if (head.length === 14) head.writeBigUInt64BE(BigInt(body.length), 2);
    this.socket.write(Buffer.concat([head, body]));
  }

  private take(chunk: Buffer) {
    let data = this.rest.length > 0 ? Buffer.concat([this.rest, chunk]) : chunk;
    if (!this.isOpen) {
      const end = data.indexOf('\r\n\r\n');
      if (end < 0) return void (this.rest = data);
      if (!data.subarray(0, 20).includes('101')) return void this.socket.destroy();
      this.isOpen = true;
      data = data.subarray(end + 4);
    }
    for (;;) {
      if (data.length < 2) break;
      const size = data[1]!;
      const head = size === longest ? 10 : size === long ? 4 : 2;
      if (data.length < head) break;
      const length = size === longest ? Number(data.readBigUInt64BE(2)) : size === long ? data.readUInt16BE(2) : size;
      if (data.length < head + length) break;
      if (data[0] === goodbye) return void this.socket.destroy();
      if (data[0] === text) this.hear(data.toString('utf8', head, head + length));
      data = data.subarray(head + length);
    }
    this.rest = data;
  }

  private hear(frame: string) {
    if (frame.startsWith('42')) this.heard.event(frame);
    else if (frame.startsWith('43')) {
      const from = frame.indexOf(',') + 1;
      this.heard.answer(Number.parseInt(frame.slice(from), 10), frame);
    } else if (frame === '2') this.send('3');
    else if (frame.startsWith('0')) this.send('40/rooms,');
    else if (frame.startsWith('40')) this.joined();
    else if (frame.startsWith('44/rooms')) this.socket.destroy();
  }
}
