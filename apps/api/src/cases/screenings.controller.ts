import { Body, Controller, Param, Put, SerializeOptions } from '@nestjs/common';
import { CasesService, ScreeningService, toCaseView } from '#cases';
import { type Actor, CaseView, ConfirmRefusal, Id, Screen } from '#contract';
import { CurrentActor } from '../http/asker.js';
import { DoneOnce } from '../http/once.interceptor.js';

/** The desk's decision on an application, and the second coordinator's on a refusal. */
@Controller('cases/:id')
@SerializeOptions({ schema: CaseView })
export class ScreeningsController {
  constructor(
    private readonly screening: ScreeningService,
    private readonly cases: CasesService,
  ) {}

  @DoneOnce()
  @Put('screening')
  async decide(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string, @Body({ schema: Screen }) decision: Screen) {
    await this.screening.decide(actor, id, decision);
    return toCaseView(await this.cases.read(actor, id), actor);
  }

  @DoneOnce()
  @Put('refusal')
  async confirm(
    @CurrentActor() actor: Actor,
    @Param('id', { schema: Id }) id: string,
    @Body({ schema: ConfirmRefusal }) { confirm }: ConfirmRefusal,
  ) {
    await this.screening.confirm(actor, id, confirm);
    return toCaseView(await this.cases.read(actor, id), actor);
  }
}
