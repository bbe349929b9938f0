import { Body, Controller, Delete, Get, HttpCode, Inject, Param, Post, Put, Req, Res, SerializeOptions, UseGuards } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, ChangeRole, CurrentSession, Id, SecondFactorCode, SessionRow, SessionView, SignIn } from '#contract';
import { SecondFactorService, SessionsService, SignInService } from '#people';
import { CONFIG, type Config } from '#platform';
import { BeforeSecondFactor, CurrentActor, Public } from '../http/asker.js';
import { fromOf, giveSession, takeSession } from './session.cookie.js';
import { SignedInPerson, SignInGuard } from './sign-in.guard.js';

/** Signing in and out, and where else one is signed in. */
@Controller('sessions')
export class SessionsController {
  constructor(
    private readonly signIn: SignInService,
    private readonly sessions: SessionsService,
    private readonly secondFactor: SecondFactorService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post()
  @Public()
  @UseGuards(SignInGuard)
  @SerializeOptions({ schema: SessionView })
  async open(
    @CurrentActor() former: Actor,
    @SignedInPerson() personId: string,
    @Body({ schema: SignIn }) { ownDevice }: SignIn,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return giveSession(reply, this.config, await this.signIn.open(former, personId, ownDevice, fromOf(request)));
  }

  @Get('current')
  @Public()
  @SerializeOptions({ schema: CurrentSession })
  async current(@CurrentActor() actor: Actor) {
    return { session: actor.sessionId ? await this.sessions.current(actor) : null };
  }

  @Get()
  @SerializeOptions({ schema: SessionRow })
  list(@CurrentActor() actor: Actor) {
    return this.sessions.list(actor);
  }

  @Delete('current')
  @BeforeSecondFactor()
  @HttpCode(204)
  async leave(@CurrentActor() actor: Actor, @Res({ passthrough: true }) reply: FastifyReply) {
    const behind = await this.sessions.leave(actor);
    if (behind) giveSession(reply, this.config, behind);
    else takeSession(reply, this.config);
  }

  @Put('current/role')
  @BeforeSecondFactor()
  @SerializeOptions({ schema: SessionView })
  async changeRole(
    @CurrentActor() actor: Actor,
    @Body({ schema: ChangeRole }) { role }: ChangeRole,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return giveSession(reply, this.config, await this.sessions.changeRole(actor, role));
  }

  @Put('current/second-factor')
  @BeforeSecondFactor()
  @SerializeOptions({ schema: SessionView })
  async passSecondFactor(
    @CurrentActor() actor: Actor,
    @Body({ schema: SecondFactorCode }) { code }: SecondFactorCode,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return giveSession(reply, this.config, await this.secondFactor.pass(actor, code));
  }

  @Delete(':id')
  @HttpCode(204)
  end(@CurrentActor() actor: Actor, @Param('id', { schema: Id }) id: string) {
    return this.sessions.end(actor, id);
  }
}
