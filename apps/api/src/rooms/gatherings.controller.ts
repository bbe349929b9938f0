import { Body, Controller, Delete, Get, HttpCode, Param, Post, Put, SerializeOptions } from '@nestjs/common';
import {
  type Actor,
  AnswerGuest,
  AnswerJointRoom,
  AskGuest,
  AskJointRoom,
  GuestView,
  Id,
  JointRoomView,
  LeaveRoom,
  OpenSubRoom,
  PledgeGuest,
  RoomView,
} from '#contract';
import { GuestsService, JointRoomService, SubRoomsService } from '#rooms';
import { CurrentActor } from '../http/asker.js';

const ById = { schema: Id };

/** Who meets whom: guests beside the parties, smaller rooms, and whether the sides meet at all. */
@Controller()
export class GatheringsController {
  constructor(
    private readonly guests: GuestsService,
    private readonly subRooms: SubRoomsService,
    private readonly jointRoom: JointRoomService,
  ) {}

  @Get('guests')
  @SerializeOptions({ schema: GuestView })
  mine(@CurrentActor() actor: Actor) {
    return this.guests.mine(actor);
  }

  @Get('cases/:id/guests')
  @SerializeOptions({ schema: GuestView })
  list(@CurrentActor() actor: Actor, @Param('id', ById) caseId: string) {
    return this.guests.list(actor, caseId);
  }

  @Post('cases/:id/guests')
  @SerializeOptions({ schema: GuestView })
  ask(@CurrentActor() actor: Actor, @Param('id', ById) caseId: string, @Body({ schema: AskGuest }) asked: AskGuest) {
    return this.guests.ask(actor, caseId, asked);
  }

  @Put('guests/:id/pledge')
  @SerializeOptions({ schema: GuestView })
  pledge(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: PledgeGuest }) pledge: PledgeGuest) {
    return this.guests.pledge(actor, id, pledge);
  }

  @Put('guests/:id/answer')
  @HttpCode(204)
  answer(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: AnswerGuest }) answer: AnswerGuest) {
    return this.guests.answer(actor, id, answer);
  }

  @Delete('guests/:id')
  @HttpCode(204)
  end(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.guests.end(actor, id);
  }

  @Post('cases/:id/sub-rooms')
  @SerializeOptions({ schema: RoomView })
  open(@CurrentActor() actor: Actor, @Param('id', ById) caseId: string, @Body({ schema: OpenSubRoom }) asked: OpenSubRoom) {
    return this.subRooms.open(actor, caseId, asked);
  }

  @Put('rooms/:id/departure')
  @HttpCode(204)
  leave(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: LeaveRoom }) { personId }: LeaveRoom) {
    return this.subRooms.leave(actor, id, personId);
  }

  @Get('cases/:id/joint-room')
  @SerializeOptions({ schema: JointRoomView })
  joint(@CurrentActor() actor: Actor, @Param('id', ById) caseId: string) {
    return this.jointRoom.read(actor, caseId);
  }

  @Put('cases/:id/joint-room')
  @SerializeOptions({ schema: JointRoomView })
  askJoint(@CurrentActor() actor: Actor, @Param('id', ById) caseId: string, @Body({ schema: AskJointRoom }) { asked }: { asked: boolean }) {
    return this.jointRoom.ask(actor, caseId, asked);
  }

  @Put('cases/:id/joint-consent')
  @SerializeOptions({ schema: JointRoomView })
  answerJoint(
    @CurrentActor() actor: Actor,
    @Param('id', ById) caseId: string,
    @Body({ schema: AnswerJointRoom }) said: { agrees: boolean },
  ) {
    return this.jointRoom.answer(actor, caseId, said.agrees);
  }

  @Put('cases/:id/separation')
  @SerializeOptions({ schema: JointRoomView })
  separate(@CurrentActor() actor: Actor, @Param('id', ById) caseId: string) {
    return this.jointRoom.separate(actor, caseId);
  }
}
