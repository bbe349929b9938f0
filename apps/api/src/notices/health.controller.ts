import { Body, Controller, Get, HttpCode, Put, SerializeOptions } from '@nestjs/common';
import { type Actor, DeliveryHealth, RestProvider } from '#contract';
import { HealthService } from '#notifications';
import { CurrentActor } from '../http/asker.js';

/** How delivery fares, and which provider rests. */
@Controller('delivery')
export class DeliveryHealthController {
  constructor(private readonly health: HealthService) {}

  @Get('health')
  @SerializeOptions({ schema: DeliveryHealth })
  read(@CurrentActor() actor: Actor) {
    return this.health.read(actor);
  }

  @Put('provider-rests')
  @HttpCode(204)
  rest(@CurrentActor() actor: Actor, @Body({ schema: RestProvider }) asked: RestProvider) {
    return this.health.rest(actor, asked);
  }
}
