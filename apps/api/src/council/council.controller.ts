import { Body, Controller, Get, HttpCode, Param, Post, Put, SerializeOptions } from '@nestjs/common';
import {
  type Actor,
  CallCouncil,
  CasePartner,
  CouncilMeeting,
  EndTask,
  HouseEvent,
  Id,
  Memorandum,
  NoteHouseEvent,
  NoteMemorandum,
  NotePartner,
  SetTask,
  WriteMinutes,
} from '#contract';
import { CouncilService, HouseEventsService, MemorandaService } from '#council';
import { CurrentActor } from '../http/asker.js';

const ById = { schema: Id };
const Meetings = () => SerializeOptions({ schema: CouncilMeeting });
const Memoranda = () => SerializeOptions({ schema: Memorandum });

/** The Coordinating Council: its meetings, decisions and tasks, and memoranda with partner bodies. */
@Controller()
export class CouncilController {
  constructor(
    private readonly council: CouncilService,
    private readonly memoranda: MemorandaService,
    private readonly events: HouseEventsService,
  ) {}

  @Get('council/meetings')
  @Meetings()
  list(@CurrentActor() actor: Actor) {
    return this.council.list(actor);
  }

  @Post('council/meetings')
  @Meetings()
  call(@CurrentActor() actor: Actor, @Body({ schema: CallCouncil }) asked: CallCouncil) {
    return this.council.call(actor, asked);
  }

  @Put('council/meetings/:id/minutes')
  @HttpCode(200)
  @Meetings()
  write(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: WriteMinutes }) asked: WriteMinutes) {
    return this.council.write(actor, id, asked);
  }

  @Post('council/meetings/:id/tasks')
  @Meetings()
  setTask(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: SetTask }) asked: SetTask) {
    return this.council.setTask(actor, id, asked);
  }

  @Put('council/tasks/:id/completion')
  @HttpCode(200)
  @Meetings()
  endTask(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: EndTask }) asked: EndTask) {
    return this.council.endTask(actor, id, asked);
  }

  @Get('house-events')
  @SerializeOptions({ schema: HouseEvent })
  held(@CurrentActor() actor: Actor) {
    return this.events.list(actor);
  }

  @Post('house-events')
  @SerializeOptions({ schema: HouseEvent })
  hold(@CurrentActor() actor: Actor, @Body({ schema: NoteHouseEvent }) asked: NoteHouseEvent) {
    return this.events.note(actor, asked);
  }

  @Get('memoranda')
  @Memoranda()
  noted(@CurrentActor() actor: Actor) {
    return this.memoranda.list(actor);
  }

  @Post('memoranda')
  @Memoranda()
  note(@CurrentActor() actor: Actor, @Body({ schema: NoteMemorandum }) asked: NoteMemorandum) {
    return this.memoranda.note(actor, asked);
  }

  @Get('cases/:id/partner')
  @SerializeOptions({ schema: CasePartner })
  partner(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.memoranda.partnerOf(actor, id);
  }

  @Put('cases/:id/partner')
  @HttpCode(200)
  @SerializeOptions({ schema: CasePartner })
  credit(@CurrentActor() actor: Actor, @Param('id', ById) id: string, @Body({ schema: NotePartner }) asked: NotePartner) {
    return this.memoranda.credit(actor, id, asked);
  }

  @Put('memoranda/:id/end')
  @HttpCode(200)
  @Memoranda()
  end(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.memoranda.end(actor, id);
  }
}
