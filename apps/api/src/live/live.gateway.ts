import { type OnModuleInit } from '@nestjs/common';
import { type OnGatewayInit, WebSocketGateway } from '@nestjs/websockets';
import type { Namespace } from 'socket.io';
import { type LiveServerEvents, LiveHint } from '#contract';
import { RedisChannel } from './redis.channel.js';
import { takeFrames } from './socket.budget.js';
import { type SocketData, SocketDoor } from './socket.door.js';

type LiveServer = Namespace<object, LiveServerEvents, object, SocketData>;

/** Hints that something the person may see has changed. They carry an id at most; whoever may see more fetches it. */
@WebSocketGateway({ namespace: 'live' })
export class LiveGateway implements OnGatewayInit, OnModuleInit {
  private server: LiveServer;

  constructor(
    private readonly door: SocketDoor,
    private readonly channel: RedisChannel,
  ) {}

  afterInit(server: LiveServer) {
    this.server = server;
    this.door.guard(server);
    takeFrames(server, new Map());
    server.on('connection', (socket) => void socket.join(placesOf(socket.data)));
  }

  onModuleInit() {
    this.channel.listen('live', (message) => this.pass(message));
  }

  private pass(message: unknown) {
    const { caseId, personIds, courtId, desk, notice } = LiveHint.parse(message);
    const people = personIds.map(participant);
    if (caseId) this.server.to([...people, ...(desk ? ['desk'] : []), nobody]).emit('case.changed', { caseId });
    if (desk || courtId) this.server.to([...(desk ? ['desk'] : []), ...(courtId ? [court(courtId)] : [])]).emit('caseload.changed');
    if (notice) this.server.to([...personIds.map(reader), nobody]).emit('notice.arrived');
  }
}

/** Where a socket listens depends on the role it acts in: an office is told of no case because the person happens to be a party. */
function placesOf({ asker: { actor } }: SocketData): string[] {
  const places = [reader(actor.id)];
  if (actor.role === 'citizen' || actor.role === 'mediator') places.push(participant(actor.id));
  if (actor.role === 'coordinator') places.push('desk');
  if (actor.role === 'court' && actor.courtId) places.push(court(actor.courtId));
  return places;
}

/** Keeps a list of places from being empty: to Socket.IO an empty list means everybody. */
const nobody = 'nobody';
const participant = (id: string) => `participant:${id}`;
const reader = (id: string) => `reader:${id}`;
const court = (id: string) => `court:${id}`;
