import { Module } from '@nestjs/common';
import { PeopleModule } from '#people';
import { LiveGateway } from './live.gateway.js';
import { RedisChannel } from './redis.channel.js';
import { SessionWatch } from './session.watch.js';
import { SocketDoor } from './socket.door.js';

@Module({
  imports: [PeopleModule],
  providers: [LiveGateway, RedisChannel, SessionWatch, SocketDoor],
  exports: [RedisChannel, SocketDoor],
})
export class LiveModule {}
