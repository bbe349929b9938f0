import { Body, Controller, Get, Param, Post, Put, Query, SerializeOptions } from '@nestjs/common';
import {
  type Actor,
  AnswerHandover,
  AnswerRelease,
  AskRelease,
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
import { EditsService, HandoversService, ModerationService, ReleasesService, RoomsService } from '#rooms';
import { CurrentActor } from '../http/asker.js';
import { RoomSigns } from './room.signs.js';

const ById = { schema: Id };
const Written = PostMessage.omit({ roomId: true });
const Edited = EditMessage.omit({ roomId: true });
const Asked = AskRelease.omit({ roomId: true });
const Retracted = RetractMessage.omit({ roomId: true });

/** Rooms where websockets are cut: the same service, the same refusals. */
@Controller()
export class RoomsController {
  constructor(
    private readonly rooms: RoomsService,
    private readonly signs: RoomSigns,
    private readonly edits: EditsService,
    private readonly moderation: ModerationService,
    private readonly releases: ReleasesService,
    private readonly handovers: HandoversService,
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

  @Post('rooms/:id/releases')
  @SerializeOptions({ schema: MessageView })
  ask(@CurrentActor() actor: Actor, @Param('id', ById) roomId: string, @Body({ schema: Asked }) asked: Omit<AskRelease, 'roomId'>) {
    return this.releases.ask(actor, { ...asked, roomId });
  }

  @Put('releases/:id/answer')
  @SerializeOptions({ schema: MessageView })
  answer(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: AnswerRelease }) answer: AnswerRelease) {
    return this.releases.answer(actor, id, answer);
  }

  @Put('rooms/:id/handover')
  @SerializeOptions({ schema: RoomView })
  handOver(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: AnswerHandover }) answer: AnswerHandover) {
    return this.handovers.answer(actor, id, answer);
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
