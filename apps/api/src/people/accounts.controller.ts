import { Body, Controller, HttpCode, Inject, Post, Req, Res, SerializeOptions } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type Actor, AskCode, CodeSent, Register, ResetPassword, SessionView } from '#contract';
import { PeopleService, SignInService } from '#people';
import { CONFIG, type Config } from '#platform';
import { CurrentActor, Public } from '../http/asker.js';
import { fromOf, giveSession } from '../sessions/session.cookie.js';

/** What somebody without a session may do: ask for a code, open an account, set a new password. */
@Controller()
@Public()
export class AccountsController {
  constructor(
    private readonly signIn: SignInService,
    private readonly people: PeopleService,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('codes')
  @SerializeOptions({ schema: CodeSent })
  askCode(@CurrentActor() actor: Actor, @Body({ schema: AskCode }) asked: AskCode, @Req() request: FastifyRequest) {
    return this.signIn.askCode(actor, asked, fromOf(request));
  }

  @Post('people')
  @SerializeOptions({ schema: SessionView })
  async register(
    @Body({ schema: Register }) input: Register,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    return giveSession(reply, this.config, await this.people.register(input, fromOf(request)));
  }

  @Post('passwords')
  @HttpCode(204)
  resetPassword(@Body({ schema: ResetPassword }) input: ResetPassword, @Req() request: FastifyRequest) {
    return this.signIn.resetPassword(input, fromOf(request));
  }
}
