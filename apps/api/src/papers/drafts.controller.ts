import { Body, Controller, Param, Post, SerializeOptions } from '@nestjs/common';
import { PapersService } from '#cases';
import { type Actor, DraftPaper, Id, PaperView } from '#contract';
import { CurrentActor } from '../http/asker.js';
import { DoneOnce } from '../http/once.interceptor.js';

@Controller('cases/:id/papers')
export class DraftsController {
  constructor(private readonly papers: PapersService) {}

  @Post()
  @DoneOnce()
  @SerializeOptions({ schema: PaperView })
  draft(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: DraftPaper }) asked: DraftPaper) {
    return this.papers.draft(actor, id, asked);
  }
}
