import { Module } from '@nestjs/common';
import { Clock, CONFIG, type Config, Database, Keys } from '#platform';
import { feedLimits } from '#times';
import { PartnerCalls } from './partner.calls.js';
import { PartnerHooksService } from './partner-hooks.service.js';

@Module({ providers: [PartnerHooksService], exports: [PartnerHooksService] })
export class PartnersModule {}

/** Public addresses alone; and, in tests, the one that the configuration names. */
function callsOf(db: Database, clock: Clock, keys: Keys, { TEST_CALENDAR_ADDRESS: own }: Config) {
  return new PartnerCalls(db, clock, keys, {
    milliseconds: 15_000,
    resolve: feedLimits.resolve,
    mayReach: (address, port) => address === own || feedLimits.mayReach(address, port),
  });
}

/** The worker's: who calls. */
@Module({
  providers: [{ provide: PartnerCalls, useFactory: callsOf, inject: [Database, Clock, Keys, CONFIG] }],
  exports: [PartnerCalls],
})
export class PartnerCallsModule {}
