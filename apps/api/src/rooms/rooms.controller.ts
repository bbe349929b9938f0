import { Body, Controller, Get, Param, Post, Put, Query, SerializeOptions } from '@nestjs/common';
import { type Actor, Id, MarkRead, MessagePage, MessageQuery, MessageView, PostMessage, RoomView } from '#contract';
import { RoomsService } from '#rooms';
import { CurrentActor } from '../http/asker.js';
import { RoomSigns } from './room.signs.js';

const ById = { schema: Id };
const Written = PostMessage.omit({ roomId: true });

/** Rooms where websockets are cut: the same service, the same refusals. */
@Controller()
export class RoomsController {
  constructor(
    private readonly rooms: RoomsService,
    private readonly signs: RoomSigns,
  ) {}

  @Get('cases/:id/rooms')
  @SerializeOptions({ schema: RoomView }) // each row of the list by itself
  list(@CurrentActor() actor: Actor, @Param('id', ById) caseId: string) {
    return this.rooms.list(actor, caseId);
  }

  @Get('rooms/:id')
  @SerializeOptions({ schema: RoomView })
  show(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.rooms.read(actor, id);
  }

  @Get('rooms/:id/messages')
  @SerializeOptions({ schema: MessagePage })
  page(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Query({ schema: MessageQuery }) query: MessageQuery) {
    return this.rooms.page(actor, id, query);
  }

  @Post('rooms/:id/messages')
  @SerializeOptions({ schema: MessageView })
  post(@CurrentActor() actor: Actor, @Param('id', ById) roomId: string, @Body({ schema: Written }) message: Omit<PostMessage, 'roomId'>) {
    return this.rooms.post(actor, { ...message, roomId });
  }

  @Put('rooms/:id/read-mark')
  @SerializeOptions({ schema: MarkRead })
  async read(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: MarkRead }) { seq: upTo }: { seq: number }) {
    const { seq, members } = await this.rooms.markRead(actor, id, upTo);
    this.signs.read(id, members, actor.id!, seq);
    return { seq };
  }
}
