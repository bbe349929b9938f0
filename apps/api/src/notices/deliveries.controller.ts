import { Controller, Get, HttpCode, Param, Put, Query, SerializeOptions } from '@nestjs/common';
import { type Actor, DeliveryPage, DeliveryQuery, DeliveryView, Id } from '#contract';
import { DeliveriesService } from '#notifications';
import { CurrentActor } from '../http/asker.js';

const ById = { schema: Id };

/** What became of notices, at the desk. */
@Controller()
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveriesService) {}

  @Get('cases/:id/notices')
  @SerializeOptions({ schema: DeliveryView }) // each row of the list by itself
  ofCase(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.deliveries.ofCase(actor, id);
  }

  @Get('desk/notices')
  @SerializeOptions({ schema: DeliveryPage })
  list(@CurrentActor() actor: Actor, @Query({ schema: DeliveryQuery }) query: DeliveryQuery) {
    return this.deliveries.list(actor, query);
  }

  @Put('desk/notices/:id/resend')
  @HttpCode(204)
  resend(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.deliveries.resend(actor, id);
  }
}
