import { Controller, Get, Query, SerializeOptions } from '@nestjs/common';
import { type Actor, FairnessBoard, FairnessQuery } from '#contract';
import { FairnessService } from '#mediators';
import { CurrentActor } from '../http/asker.js';

/** How offers and cases fall on the mediators. */
@Controller('desk/fairness')
export class FairnessController {
  constructor(private readonly fairness: FairnessService) {}

  @Get()
  @SerializeOptions({ schema: FairnessBoard })
  board(@CurrentActor() actor: Actor, @Query({ schema: FairnessQuery }) query: FairnessQuery) {
    return this.fairness.board(actor, query);
  }
}
