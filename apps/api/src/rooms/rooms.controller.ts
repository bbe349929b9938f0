import { Body, Controller, Get, Param, Post, Put, Query, SerializeOptions } from '@nestjs/common';
import {
  type Actor,
  EditMessage,
  Id,
  MarkRead,
  MessagePage,
  MessageQuery,
  MessageView,
  MuteMember,
  PostMessage,
  RetractMessage,
  RoomSetting,
  RoomView,
} from '#contract';
import { EditsService, ModerationService, RoomsService } from '#rooms';
import { CurrentActor } from '../http/asker.js';
import { RoomSigns } from './room.signs.js';

const ById = { schema: Id };
const Written = PostMessage.omit({ roomId: true });
const Edited = EditMessage.omit({ roomId: true });
const Retracted = RetractMessage.omit({ roomId: true });

/** Rooms where websockets are cut: the same service, the same refusals. */
@Controller()
export class RoomsController {
  constructor(
    private readonly rooms: RoomsService,
    private readonly signs: RoomSigns,
    private readonly edits: EditsService,
    private readonly moderation: ModerationService,
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

  @Put('rooms/:id/edit')
  @SerializeOptions({ schema: MessageView })
  edit(@CurrentActor() actor: Actor, @Param('id', ById) roomId: string, @Body({ schema: Edited }) edit: Omit<EditMessage, 'roomId'>) {
    return this.edits.edit(actor, { ...edit, roomId });
  }

  @Put('rooms/:id/retraction')
  @SerializeOptions({ schema: MessageView })
  retract(
    @CurrentActor() actor: Actor,
    @Param('id', ById) roomId: string,
    @Body({ schema: Retracted }) which: Omit<RetractMessage, 'roomId'>,
  ) {
    return this.edits.retract(actor, { ...which, roomId });
  }

  @Put('rooms/:id/setting')
  @SerializeOptions({ schema: RoomView })
  set(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: RoomSetting }) setting: RoomSetting) {
    return this.moderation.set(actor, id, setting);
  }

  @Put('rooms/:id/mute')
  @SerializeOptions({ schema: RoomView })
  mute(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: MuteMember }) asked: MuteMember) {
    return this.moderation.mute(actor, id, asked);
  }

  @Put('rooms/:id/read-mark')
  @SerializeOptions({ schema: MarkRead })
  async read(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: MarkRead }) { seq: upTo }: { seq: number }) {
    const { seq, members } = await this.rooms.markRead(actor, id, upTo);
    this.signs.read(id, members, actor.id!, seq);
    return { seq };
  }
}
