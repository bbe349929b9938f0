import { Controller, Get, Query, SerializeOptions } from '@nestjs/common';
import { type Actor, TemplatePreview, TemplateQuery } from '#contract';
import { PreviewsService } from '#notifications';
import { CurrentActor } from '../http/asker.js';

/** The words of every message, for the desk. */
@Controller('desk/templates')
export class PreviewsController {
  constructor(private readonly previews: PreviewsService) {}

  @Get()
  @SerializeOptions({ schema: TemplatePreview })
  show(@CurrentActor() actor: Actor, @Query({ schema: TemplateQuery }) query: TemplateQuery) {
    return this.previews.show(actor, query);
  }
}
