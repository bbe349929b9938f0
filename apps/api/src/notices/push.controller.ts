import { Body, Controller, Delete, Get, HttpCode, Post, SerializeOptions } from '@nestjs/common';
import { type Actor, PushDevice, PushState } from '#contract';
import { PushService } from '#notifications';
import { CurrentActor } from '../http/asker.js';

/** Notices on this device. */
@Controller('push-subscriptions')
@SerializeOptions({ schema: PushState })
export class PushController {
  constructor(private readonly push: PushService) {}

  @Get()
  state(@CurrentActor() actor: Actor) {
    return this.push.state(actor);
  }

  @Post()
  @HttpCode(200)
  subscribe(@CurrentActor() actor: Actor, @Body({ schema: PushDevice }) device: PushDevice) {
    return this.push.subscribe(actor, device);
  }

  @Delete()
  unsubscribe(@CurrentActor() actor: Actor) {
    return this.push.unsubscribe(actor);
  }
}
