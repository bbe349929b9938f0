import { connect, type Socket } from 'node:net';
import type { Heard, Seat, Talker } from './crowd.js';

const clientId = /id='(00000000-0000-4000-[0-9a-f]{4}-[0-9a-f]{12})'/;
const endOfMessage = '</message>';
let nick = 0;

/** XMPP over a plain connection, as little of it as a measurement needs: nobody's account, one room, messages out and in. */
export function openXmpp(port: number, { roomId }: Seat, heard: Heard): Promise<Talker> {
  return new Promise((resolve, reject) => {
    const socket = connect({ port, host: '127.0.0.1', noDelay: true });
    const room = `r${roomId}@conference.localhost`;
    const talker: Talker = {
      say: (id, body) => socket.write(`<message to='${room}' type='groupchat' id='${id}'><body>${body}</body></message>`),
      close: () => socket.removeAllListeners('close').destroy(),
    };
    socket.setEncoding('utf8').on('error', reject);
    socket.on('close', () => reject(new Error('the line was closed')));
    enter(socket, `${room}/n${(nick += 1)}`, () => {
      listen(socket, heard);
      resolve(talker);
    });
  });
}

/** Stream, nobody's sign-in, stream again, a resource, the room: each step after the answer to the one before. */
function enter(socket: Socket, place: string, entered: () => void) {
  const stream = `<?xml version='1.0'?><stream:stream to='localhost' xmlns='jabber:client' xmlns:stream='http://etherx.jabber.org/streams' version='1.0'>`;
  const steps: [awaited: string, said: string][] = [
    ['</stream:features>', `<auth xmlns='urn:ietf:params:xml:ns:xmpp-sasl' mechanism='ANONYMOUS'/>`],
    ['<success', stream],
    ['</stream:features>', `<iq type='set' id='b'><bind xmlns='urn:ietf:params:xml:ns:xmpp-bind'/></iq>`],
    [`id='b'`, `<presence/><presence to='${place}'><x xmlns='http://jabber.org/protocol/muc'/></presence>`],
    [`code='110'`, ''],
  ];
  let [at, text] = [0, ''];
  const take = (chunk: string) => {
    text += chunk;
    while (at < steps.length && text.includes(steps[at]![0])) {
      const [awaited, said] = steps[at]!;
      text = text.slice(text.indexOf(awaited) + awaited.length);
      if (said) socket.write(said);
      at += 1;
    }
    if (at < steps.length) return;
    socket.off('data', take);
    entered();
  };
  socket.on('data', take).write(stream);
}

function listen(socket: Socket, heard: Heard) {
  let rest = '';
  socket.on('data', (chunk: string) => {
    rest += chunk;
    for (let end = rest.indexOf(endOfMessage); end >= 0; end = rest.indexOf(endOfMessage)) {
      const id = clientId.exec(rest.slice(0, end))?.[1];
      rest = rest.slice(end + endOfMessage.length);
      if (id) heard.message(id);
    }
  });
}
