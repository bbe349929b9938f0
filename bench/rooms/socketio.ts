import type { Heard, Seat, Talker } from './crowd.js';
import { Line } from './line.js';

const clientIdMark = '"clientId":"';

/** A place in a room over Socket.IO, ours or a peer's: the message as it is told, and the answer to its author. */
export async function openSocketIo(port: number, { roomId, headers }: Seat, heard: Heard): Promise<Talker> {
  let entered: () => void = () => undefined;
  const isIn = new Promise<void>((resolve) => (entered = resolve));
  const hear = (text: string) => {
    const at = text.indexOf(clientIdMark);
    if (at > 0) heard.message(text.slice(at + clientIdMark.length, at + clientIdMark.length + 36));
  };
  const line = await Line.open(port, headers, {
    event: hear,
    answer: (id, text) => {
      if (text.includes('"problem"')) throw new Error(text);
      if (id === 0) entered();
      else hear(text);
    },
  });
  line.emit('room.enter', { roomId }, 0);
  await isIn;
  return { say: (clientId, body) => line.emit('message.post', { roomId, clientId, body }, 1), close: () => line.close() };
}
