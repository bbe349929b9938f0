import { io, type Socket } from 'socket.io-client';
import { sentAway, whenAnswered } from '../api.js';
import { Hurry } from './hurry.js';

const askAgainMs = 5_000;

const hurry = new Hurry();
window.addEventListener('online', () => hurry.now());
document.addEventListener('visibilitychange', () => document.visibilityState === 'visible' && hurry.unlessTrying());
whenAnswered(() => hurry.unlessTrying());

/** Websocket only: where it is cut, rooms are read over HTTP, which needs no sticky connection. Whoever holds it connects it. */
export function open(namespace: string): Socket {
  const socket = io(namespace, { transports: ['websocket'], autoConnect: false, reconnectionDelayMax: 10_000 });
  // Sent away by the server (the session changed) or refused at the door: Socket.IO itself does not come back from these.
  socket.on('disconnect', (reason) => reason === 'io server disconnect' && (sentAway(), comeBack(socket)));
  socket.on('connect_error', () => !socket.active && (sentAway(), comeBack(socket)));
  hurry.watch(socket);
  return socket;
}

const comeBack = (socket: Socket) => setTimeout(() => socket.active || socket.connect(), askAgainMs);
