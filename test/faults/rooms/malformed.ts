import { Line } from '../../../bench/rooms/line.js';

type Chance = (below: number) => number;
const events = [
  'message.post',
  'room.enter',
  'room.read',
  'room.type',
  'room.leave',
  'message.edit',
  'release.ask',
  'room.destroy',
  '__proto__',
  'constructor',
  'disconnect',
  'connect',
  'error',
  'newListener',
  '',
];

/** What no page of ours would send. */
function nonsense(chance: Chance, roomId: string): string {
  const deep = 1_000 + chance(9_000);
  const payloads = [
    () => '{"__proto__":{"roomId":"x","isAdmin":true}}',
    () => `{"roomId":"${roomId}!","clientId":"x","body":5}`,
    () => `{"constructor":{"prototype":{"roomId":"${roomId}"}}}`,
    () => `{"roomId":{"$ne":null},"seq":-1}`,
    () => `{"roomId":["${roomId}"],"seq":"1"}`,
    () => '['.repeat(deep) + ']'.repeat(deep),
    () => '{"a":'.repeat(deep) + '1' + '}'.repeat(deep),
    () => `"${'x'.repeat(chance(60_000))}"`,
    () => ['null', 'true', '1e999', '-0', '""', '[]', '{}', '{"toString":1,"valueOf":2,"then":3}'][chance(8)]!,
    () => `{"roomId":"${roomId}!","clientId":"00000000-0000-4000-8000-000000000000","body":{"length":1}}`,
  ];
  const event = JSON.stringify(events[chance(events.length)]);
  const payload = payloads[chance(payloads.length)]!();
  const kinds = [
    () => `42/rooms,${1 + chance(1e6)}[${event},${payload}]`,
    () => `42/rooms,[${event},${payload}]`,
    () => `42/rooms,${1 + chance(1e6)}[${event}]`,
    () => `42/rooms,${'9'.repeat(40)}[${event},${payload}]`,
    () => `43/rooms,${chance(1e6)}[${payload}]`,
  ];
  /** No frames at all: each ends its connection by itself. */
  const ends = [
    () => `42/rooms,1[${event},${payload}`,
    () => `42/rooms,1[${payload},${event}]`,
    () => `45${chance(9)}-/rooms,[${event},{"_placeholder":true,"num":0}]`,
    () => `40/${event}`,
    () => `42[${event},${payload}]`,
    () => ['', '9', '2probe', '4', '4{', '\u0000', '42/rooms,1', '6', 'b!'][chance(9)]!,
  ];
  const among = chance(60) === 0 ? ends : kinds;
  return among[chance(among.length)]!();
}

type Attacked = { port: number; headers: Record<string, string>; roomId: string };

/** Sends `frames` of nonsense over as many sockets as it takes; counts what was answered as if it were right. */
export async function sendNonsense({ port, headers, roomId }: Attacked, frames: number, seed: number) {
  const chance = randomFrom(seed);
  const told = { sent: 0, sockets: 0, refused: 0, answeredAsRight: 0, closedByServer: 0 };
  const answer = (_: number, text: string) => (text.includes('"problem"') ? (told.refused += 1) : (told.answeredAsRight += 1));
  while (told.sent < frames) {
    const line = await Line.open(port, headers, { event: () => undefined, answer });
    told.sockets += 1;
    for (let n = 0; n < 60 && !line.isClosed && told.sent < frames; n += 1) {
      line.send(n === 40 && chance(20) === 0 ? `42/rooms,1["message.post","${'x'.repeat(1_000_000)}"]` : nonsense(chance, roomId));
      told.sent += 1;
      if (n % 10 === 9) await new Promise((resolve) => setTimeout(resolve, 2));
    }
    for (let waited = 0; waited < 1_500 && !line.isClosed; waited += 1) await new Promise((resolve) => setTimeout(resolve, 2));
    if (line.isClosed) told.closedByServer += 1;
    line.close();
  }
  return told;
}

/** The same nonsense for the same seed (a linear congruential generator). */
function randomFrom(seed: number): Chance {
  let state = seed;
  return (below) => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.floor((state / 0x1_0000_0000) * below);
  };
}
