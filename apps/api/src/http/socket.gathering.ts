type Wire = { cork(): void; uncork(): void; destroy(): void };
type Packet = { data?: unknown };
/** What of engine.io's socket is used here: the transport may change under it (polling, then websocket). */
type Raw = { transport: { socket?: { _socket?: Wire | null } }; writeBuffer: Packet[]; flush(): void; close(discard: boolean): void };

/** So many frames wait for one socket at most, and so many characters in them: some five hundred of the longest messages. */
const patience = { frames: 1_000, characters: 2_000_000 };

/**
 * What is said to one socket in one moment leaves in one write: a committed batch often holds several messages of a room, and an answer
 * beside them. Nothing waits for a timer; the moment ends when all that is ready has been said. Whoever does not read what he is told is
 * cut off, so that his silence costs the others no memory: he comes again and catches up by seq.
 */
export function gatherWrites(engine: { on(event: 'connection', told: (raw: Raw) => void): unknown }) {
  engine.on('connection', (raw) => {
    const flush = raw.flush.bind(raw);
    const isTooMuch = waitingIn(raw);
    let isPlanned = false;
    raw.flush = () => {
      if (isTooMuch()) return cut(raw);
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

/** Counts what has come to the buffer since it was looked at last; once it is handed to the wire, engine.io begins another buffer. */
function waitingIn(raw: Raw) {
  let [counted, upTo, characters]: [Packet[], number, number] = [raw.writeBuffer, 0, 0];
  return () => {
    if (raw.writeBuffer !== counted) [counted, upTo, characters] = [raw.writeBuffer, 0, 0];
    for (; upTo < counted.length; upTo += 1) characters += sizeOf(counted[upTo]!);
    return counted.length > patience.frames || characters > patience.characters;
  };
}

const sizeOf = ({ data }: Packet) => (typeof data === 'string' ? data.length : 0);

// oxlint-disable-next-line no-underscore-dangle -- ws has no other name for its connection
const wireOf = (raw: Raw) => raw.transport.socket?._socket;

function cut(raw: Raw) {
  raw.writeBuffer = [];
  wireOf(raw)?.destroy();
  raw.close(true);
}
