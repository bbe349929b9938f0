import { Module } from '@nestjs/common';
import { PeopleModule } from '#people';
import { LiveGateway } from './live.gateway.js';
import { PostgresLine } from './postgres.line.js';
import { RedisChannel } from './redis.channel.js';
import { SessionWatch } from './session.watch.js';
import { SocketDoor } from './socket.door.js';

@Module({
  imports: [PeopleModule],
  providers: [LiveGateway, PostgresLine, RedisChannel, SessionWatch, SocketDoor],
  exports: [PostgresLine, RedisChannel, SocketDoor],
})
export class LiveModule {}
