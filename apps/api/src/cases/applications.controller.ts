import { Body, Controller, Get, Param, Put, SerializeOptions } from '@nestjs/common';
import { ApplicationService } from '#cases';
import { type Actor, ApplicationView, Id, SaveApplication } from '#contract';
import { CurrentActor } from '../http/asker.js';

@Controller('cases/:id/application')
@SerializeOptions({ schema: ApplicationView })
export class ApplicationsController {
  constructor(private readonly applications: ApplicationService) {}

  @Get()
  show(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.applications.read(actor, id);
  }

  @Put()
  save(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: SaveApplication }) page: SaveApplication) {
    return this.applications.save(actor, id, page.answers, page.replies);
  }
}
