import { Body, Controller, Get, Param, Put, SerializeOptions } from '@nestjs/common';
import { LinksService } from '#cases';
import { type Actor, Id, LinkCase, SimilarCases } from '#contract';
import { CurrentActor } from '../http/asker.js';

/** Cases that look alike, and those a coordinator has linked. */
@Controller('cases/:id')
@SerializeOptions({ schema: SimilarCases.element })
export class LinksController {
  constructor(private readonly links: LinksService) {}

  @Get('similar-cases')
  similar(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.links.similar(actor, id);
  }

  @Put('links')
  link(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: LinkCase }) asked: LinkCase) {
    return this.links.link(actor, id, asked);
  }
}
