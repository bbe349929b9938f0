import { Module } from '@nestjs/common';
import { RoomsModule } from '#rooms';
import { LiveModule } from '../live/live.module.js';
import { RoomAudience } from './room.audience.js';
import { RoomFollower } from './room.follower.js';
import { RoomSigns } from './room.signs.js';
import { CaseRoomsController } from './case-rooms.controller.js';
import { GatheringsController } from './gatherings.controller.js';
import { RoomsController } from './rooms.controller.js';
import { RoomsGateway } from './rooms.gateway.js';

@Module({
  imports: [RoomsModule, LiveModule],
  controllers: [CaseRoomsController, RoomsController, GatheringsController],
  providers: [RoomsGateway, RoomAudience, RoomFollower, RoomSigns],
})
export class RoomsApi {}
