type Wire = { cork(): void; uncork(): void; destroy(): void };
/** What of engine.io's socket is used here: the transport may change under it (polling, then websocket). */
type Raw = { transport: { socket?: { _socket?: Wire | null } }; writeBuffer: unknown[]; flush(): void; close(discard: boolean): void };

/** So many frames wait for one socket at most; at 4,000 characters a message that is some ten megabytes. */
const patience = 1_000;

/**
 * What is said to one socket in one moment leaves in one write: a committed batch often holds several messages of a room, and an answer
 * beside them. Nothing waits for a timer; the moment ends when all that is ready has been said. Whoever does not read what he is told is
 * cut off, so that his silence costs the others no memory: he comes again and catches up by seq.
 */
export function gatherWrites(engine: { on(event: 'connection', told: (raw: Raw) => void): unknown }) {
  engine.on('connection', (raw) => {
    const flush = raw.flush.bind(raw);
    let isPlanned = false;
    raw.flush = () => {
      if (raw.writeBuffer.length > patience) return cut(raw);
      if (isPlanned) return;
      isPlanned = true;
      process.nextTick(() => {
        isPlanned = false;
        const wire = wireOf(raw);
        wire?.cork();
        flush();
        wire?.uncork();
      });
    };
  });
}

// oxlint-disable-next-line no-underscore-dangle -- ws has no other name for its connection
const wireOf = (raw: Raw) => raw.transport.socket?._socket;

function cut(raw: Raw) {
  raw.writeBuffer = [];
  wireOf(raw)?.destroy();
  raw.close(true);
}
