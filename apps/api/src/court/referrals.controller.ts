import { Body, Controller, Post, SerializeOptions } from '@nestjs/common';
import { ReferralsService } from '#cases';
import { type Actor, ReferCase, ReferredCase } from '#contract';
import { CurrentActor, ForPartners } from '../http/asker.js';
import { DoneOnce } from '../http/once.interceptor.js';

/** A court refers a dispute by form, or its own system does, and then finds it among its own cases. */
@Controller('court/referrals')
export class ReferralsController {
  constructor(private readonly referrals: ReferralsService) {}

  @Post()
  @ForPartners('referrals')
  @DoneOnce()
  @SerializeOptions({ schema: ReferredCase })
  refer(@CurrentActor() actor: Actor, @Body({ schema: ReferCase }) asked: ReferCase) {
    return this.referrals.refer(actor, asked);
  }
}
