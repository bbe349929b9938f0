import { Controller, Get, Query, SerializeOptions } from '@nestjs/common';
import { CasesService } from '#cases';
import { type Actor, DeskCounts, FunnelQuery, JoinFunnel } from '#contract';
import { CurrentActor } from '../http/asker.js';

/** What the coordinators work with beside the single case. */
@Controller('desk')
export class DeskController {
  constructor(private readonly cases: CasesService) {}

  @Get('counts')
  @SerializeOptions({ schema: DeskCounts })
  counts(@CurrentActor() actor: Actor) {
    return this.cases.counts(actor);
  }

  @Get('funnel')
  @SerializeOptions({ schema: JoinFunnel })
  funnel(@CurrentActor() actor: Actor, @Query({ schema: FunnelQuery }) { days }: FunnelQuery) {
    return this.cases.funnel(actor, days);
  }
}
