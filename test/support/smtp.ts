import { once } from 'node:events';
import { createServer, type Server, type Socket } from 'node:net';
import type { AddressInfo } from 'node:net';
import { setTimeout as pause } from 'node:timers/promises';

/** A mail whose last dot has arrived, whatever was answered then. */
export type Taken = { to: string; messageId: string; raw: string; answered: boolean };
export type Sink = Awaited<ReturnType<typeof startSink>>;
type Behaviour = {
  /** Another answer than 250 to RCPT, for this address. */
  onRcpt?: (address: string) => string | undefined;
  /** After the text: another answer than 250, or the line is cut without a word. */
  onText?: (mail: Taken) => string | 'cut' | undefined;
  greeting?: string;
  greetAfterMs?: number;
  /** How long the sender waits for the answer to a text that was kept. */
  answerAfterMs?: number;
};

/** A mail server (RFC 5321) that keeps what it takes in memory and misbehaves on request. */
export async function startSink(behaviour: Behaviour = {}, port = 0) {
  const taken: Taken[] = [];
  const sockets = new Set<Socket>();
  const open = { texts: 0 };
  let connections = 0;
  const server: Server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.on('close', () => sockets.delete(socket)).on('error', () => undefined);
    setTimeout(() => socket.write(behaviour.greeting ?? '220 sink ESMTP\r\n'), behaviour.greetAfterMs ?? 0);
    converse(socket, behaviour, taken, open);
  });
  await once(server.listen(port, '127.0.0.1'), 'listening');
  const at = (server.address() as AddressInfo).port;
  const leave = async () => {
    for (const socket of sockets) socket.destroy();
    if (server.listening) await new Promise((closed) => server.close(closed));
  };
  return {
    url: `smtp://127.0.0.1:${at}`,
    port: at,
    taken,
    behaviour,
    connections: () => connections,
    /** Mails between DATA and the answer. */
    underWay: () => open.texts,
    /** Of the notices that nobody has written down as sent: how many this server has. Once their sender is dead, each of them leaves once more. */
    unwritten: async (waitingIds: () => Promise<string[]>) => {
      while (sockets.size > 0 || open.texts > 0) await pause(10);
      const ids = await waitingIds();
      const has = new Set(taken.map(({ messageId }) => messageId));
      return ids.filter((id) => has.has(`<${id}@kelisim.test>`)).length;
    },
    away: leave,
    /** At the same address. */
    back: async () => void (await once(server.listen(at, '127.0.0.1'), 'listening')),
    stop: leave,
  };
}

function converse(socket: Socket, behaviour: Behaviour, taken: Taken[], open: { texts: number }) {
  let [buffer, to, inText] = ['', '', false];
  const say = (line: string) => socket.write(`${line}\r\n`);
  socket.on('close', () => {
    if (inText) open.texts -= 1;
  });
  const takeText = (raw: string) => {
    const mail: Taken = { to, raw, messageId: /^message-id: *(<[^>]+>)/im.exec(raw)?.[1] ?? '', answered: true };
    const answer = behaviour.onText?.(mail);
    if (answer) open.texts -= 1;
    if (answer === 'cut') {
      taken.push({ ...mail, answered: false });
      socket.destroy();
    } else if (answer) say(answer);
    else {
      taken.push(mail);
      setTimeout(() => {
        open.texts -= 1;
        say('250 2.0.0 kept');
      }, behaviour.answerAfterMs ?? 0);
      return;
    }
  };
  const command = (line: string) => {
    if (/^(EHLO|HELO)/i.test(line)) say('250 sink');
    else if (/^MAIL/i.test(line)) say('250 ok');
    else if (/^RCPT/i.test(line)) {
      to = /<(.*)>/.exec(line)?.[1] ?? '';
      say(behaviour.onRcpt?.(to) ?? '250 ok');
    } else if (/^DATA/i.test(line)) {
      inText = true;
      open.texts += 1;
      say('354 go on');
    } else if (/^QUIT/i.test(line)) socket.end('221 bye\r\n');
    else say('250 ok');
  };
  socket.on('data', (chunk: Buffer) => {
    buffer += chunk.toString('latin1');
    for (;;) {
      const mark = inText ? '\r\n.\r\n' : '\r\n';
      const end = buffer.indexOf(mark);
      if (end < 0) return;
      const piece = buffer.slice(0, end);
      buffer = buffer.slice(end + mark.length);
      if (!inText) command(piece);
      else {
        inText = false;
        takeText(piece);
      }
    }
  });
}
