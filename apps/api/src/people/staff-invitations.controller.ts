import { Body, Controller, Get, Inject, Post, Req, Res, SerializeOptions } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, InviteStaff, SessionView, StaffInvitationRow, UseStaffInvitation } from '#contract';
import { StaffInvitationsService } from '#people';
import { CONFIG, type Config } from '#platform';
import { CurrentActor, Public } from '../http/asker.js';
import { fromOf, giveSession } from '../sessions/session.cookie.js';

@Controller('staff-invitations')
export class StaffInvitationsController {
  constructor(
    private readonly staff: StaffInvitationsService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Get()
  @SerializeOptions({ schema: StaffInvitationRow })
  list(@CurrentActor() actor: Actor) {
    return this.staff.list(actor);
  }

  @Post()
  @SerializeOptions({ schema: StaffInvitationRow })
  invite(@CurrentActor() actor: Actor, @Body({ schema: InviteStaff }) invited: InviteStaff) {
    return this.staff.invite(actor, invited);
  }

  @Post('uses')
  @Public()
  @SerializeOptions({ schema: SessionView })
  async use(
    @Body({ schema: UseStaffInvitation }) shown: UseStaffInvitation,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return giveSession(reply, this.config, await this.staff.use(shown, fromOf(request)));
  }
}
