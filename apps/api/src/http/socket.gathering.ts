type Wire = { cork(): void; uncork(): void };
/** What of engine.io's socket is used here: the transport may change under it (polling, then websocket). */
type Raw = { transport: { socket?: { _socket?: Wire | null } }; flush(): void };

/**
 * What is said to one socket in one moment leaves in one write: a committed batch often holds several messages of a room, and an answer
 * beside them. Nothing waits for a timer; the moment ends when all that is ready has been said.
 */
export function gatherWrites(engine: { on(event: 'connection', told: (raw: Raw) => void): unknown }) {
  engine.on('connection', (raw) => {
    const flush = raw.flush.bind(raw);
    let isPlanned = false;
    raw.flush = () => {
      if (isPlanned) return;
      isPlanned = true;
      process.nextTick(() => {
        isPlanned = false;
        // oxlint-disable-next-line no-underscore-dangle -- ws has no other name for its connection
        const wire = raw.transport.socket?._socket;
        wire?.cork();
        flush();
        wire?.uncork();
      });
    };
  });
}
