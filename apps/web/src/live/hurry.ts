import type { Socket } from 'socket.io-client';

/** Socket.IO waits longer after each try that failed. When the line is known to be back, nobody waits. */
export class Hurry {
  private readonly sockets = new Set<Socket>();
  private isTrying = false;

  watch(socket: Socket) {
    const { io } = socket;
    this.sockets.add(socket);
    io.on('reconnect_attempt', () => (this.isTrying = true));
    for (const end of ['reconnect_error', 'open', 'error'] as const) io.on(end, () => (this.isTrying = false));
  }

  /** Whatever is being tried began before the line came back. */
  now() {
    const waiting = [...this.sockets].filter(({ active, connected }) => active && !connected);
    for (const socket of waiting) socket.disconnect();
    for (const socket of waiting) socket.connect();
  }

  /** On a weak line a try may take longer than the next sign that there is a line. */
  unlessTrying() {
    if (!this.isTrying) this.now();
  }
}
