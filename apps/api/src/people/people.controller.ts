import { Body, Controller, Delete, Get, HttpCode, Param, Patch, Post, Put, Query, Req, SerializeOptions } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { z } from 'zod';
import { type Actor, ChangeContact, ChangeProfile, DataConsent, FindPeople, Id, PeoplePage, ProfileView, Slip } from '#contract';
import { OfficesService, PeopleService, SecondFactorService, SlipsService } from '#people';
import { CurrentActor } from '../http/asker.js';
import { fromOf } from '../sessions/session.cookie.js';

const ById = { schema: Id };

/** One's own account; and everybody's, at the administrator's desk. */
@Controller('people')
export class PeopleController {
  constructor(
    private readonly people: PeopleService,
    private readonly offices: OfficesService,
    private readonly secondFactor: SecondFactorService,
    private readonly slips: SlipsService,
  ) {}

  @Get('me')
  @SerializeOptions({ schema: ProfileView })
  me(@CurrentActor() actor: Actor) {
    return this.people.profile(actor);
  }

  @Patch('me')
  @SerializeOptions({ schema: ProfileView })
  change(@CurrentActor() actor: Actor, @Body({ schema: ChangeProfile }) changes: ChangeProfile) {
    return this.people.change(actor, changes);
  }

  @Post('me/contacts')
  @SerializeOptions({ schema: ProfileView })
  addContact(@CurrentActor() actor: Actor, @Body({ schema: ChangeContact }) shown: ChangeContact, @Req() request: FastifyRequest) {
    return this.people.addContact(actor, shown, fromOf(request));
  }

  @Put('me/consent')
  @HttpCode(204)
  agree(@CurrentActor() actor: Actor, @Body({ schema: DataConsent }) consent: z.infer<typeof DataConsent>) {
    return this.people.agree(actor, consent);
  }

  @Put('me/slip')
  @SerializeOptions({ schema: Slip })
  slip(@CurrentActor() actor: Actor) {
    return this.slips.make(actor);
  }

  @Get()
  @SerializeOptions({ schema: PeoplePage })
  list(@CurrentActor() actor: Actor, @Query({ schema: FindPeople }) asked: FindPeople) {
    return this.offices.list(actor, asked);
  }

  @Put(':id/disablement')
  @HttpCode(204)
  disable(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.offices.disable(actor, id);
  }

  @Delete(':id/disablement')
  @HttpCode(204)
  enable(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.offices.enable(actor, id);
  }

  @Delete(':id/second-factor')
  @HttpCode(204)
  resetSecondFactor(@CurrentActor() actor: Actor, @Param('id', ById) id: string) {
    return this.secondFactor.reset(actor, id);
  }
}
