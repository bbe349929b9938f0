import type { IncomingMessage } from 'node:http';
import type { INestApplicationContext } from '@nestjs/common';
import { IoAdapter } from '@nestjs/platform-socket.io';
import type { ServerOptions } from 'socket.io';
import { gatherWrites } from './socket.gathering.js';
import { keepLittle } from './socket.request.js';

/** Socket.IO with a handshake that only the web app's own pages can make, small frames, and no recovery buffer of its own: catching up is by seq. */
export class SocketAdapter extends IoAdapter {
  constructor(
    app: INestApplicationContext,
    private readonly origins: readonly string[],
  ) {
    super(app);
  }

  override createIOServer(port: number, options?: ServerOptions): ReturnType<IoAdapter['createIOServer']> {
    const server = super.createIOServer(port, {
      ...options,
      serveClient: false,
      maxHttpBufferSize: 128 * 1024,
      pingInterval: 20_000,
      pingTimeout: 15_000,
      allowRequest: (request: IncomingMessage, answer: (error: string | null, ok: boolean) => void) =>
        answer(null, this.origins.includes(request.headers.origin ?? '')),
    } as unknown as ServerOptions);
    gatherWrites(server.engine);
    keepLittle(server.engine);
    return server;
  }

  /** Frames are taken by `takeFrames`, with one listener per socket; a @SubscribeMessage would be deaf, so it is refused. */
  override bindMessageHandlers(_socket: unknown, handlers: { message: unknown }[]) {
    if (handlers.length > 0) throw new Error(`Not taken: ${handlers.map(({ message }) => String(message)).join(', ')}`);
  }
}
