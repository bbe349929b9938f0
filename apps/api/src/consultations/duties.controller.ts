import { Body, Controller, Delete, Get, HttpCode, Param, Put, SerializeOptions } from '@nestjs/common';
import { DutiesService } from '#consultations';
import { type Actor, DeskConsultations, DutyView, Id, KeepDuty } from '#contract';
import { CurrentActor } from '../http/asker.js';

/** The roster of mediators on duty, kept by the desk. */
@Controller()
export class DutiesController {
  constructor(private readonly duties: DutiesService) {}

  @Get('desk/consultations')
  @SerializeOptions({ schema: DeskConsultations })
  overview(@CurrentActor() actor: Actor) {
    return this.duties.overview(actor);
  }

  @Put('duties/:id')
  @SerializeOptions({ schema: DutyView })
  keep(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: KeepDuty }) duty: KeepDuty) {
    return this.duties.keep(actor, id, duty);
  }

  @Delete('duties/:id')
  @HttpCode(204)
  async remove(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    await this.duties.remove(actor, id);
  }
}
