import { Body, Controller, Get, HttpCode, Inject, Post, Put, Req, Res, SerializeOptions } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { InvitationAnswersService, InvitationsService } from '#cases';
import { type Actor, AnswerInvitation, AskInvitationCode, CodeSent, InvitationView, ShowInvitationCode } from '#contract';
import { SignInService } from '#people';
import { Clock, CONFIG, type Config, KeyedHash } from '#platform';
import { CurrentActor, Public } from '../http/asker.js';
import { fromOf, giveSession } from '../sessions/session.cookie.js';
import { giveInvitation, invitationIn } from './invitation.cookie.js';

/** The page behind the code. Nobody needs an account for it; a GET changes nothing, so that a mail scanner opens nothing. */
@Controller()
@Public()
@SerializeOptions({ schema: InvitationView })
export class InvitationsController {
  constructor(
    private readonly invitations: InvitationsService,
    private readonly answers: InvitationAnswersService,
    private readonly signIn: SignInService,
    private readonly clock: Clock,
    private readonly hashes: KeyedHash,
    @Inject(CONFIG) private readonly config: Config,
  ) {}

  @Post('invitations/openings')
  async open(
    @Body({ schema: ShowInvitationCode }) { code }: ShowInvitationCode,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { id } = await this.invitations.open(code, fromOf(request));
    giveInvitation(reply, this.config, this.hashes, id, this.clock.now());
    return this.invitations.view(id);
  }

  @Get('invitation')
  show(@Req() request: FastifyRequest) {
    return this.invitations.view(this.shownIn(request));
  }

  @Put('invitation/understanding')
  async understand(@Req() request: FastifyRequest) {
    await this.invitations.understand(this.shownIn(request));
    return this.show(request);
  }

  @Post('invitation/codes')
  @HttpCode(200)
  @SerializeOptions({ schema: CodeSent })
  sendCode(@Req() request: FastifyRequest, @Body({ schema: AskInvitationCode }) asked: AskInvitationCode) {
    return this.invitations.sendCode(this.shownIn(request), asked, fromOf(request));
  }

  /** Who consents has proved the contact, and is signed in with the answer. */
  @Put('invitation/answer')
  async answer(
    @CurrentActor() former: Actor,
    @Req() request: FastifyRequest,
    @Body({ schema: AnswerInvitation }) given: AnswerInvitation,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const [id, from] = [this.shownIn(request), fromOf(request)];
    const { personId } = await (given.answer === 'consent' ? this.answers.consent(id, given, from) : this.answers.decline(id, given, from));
    if (personId && personId !== former.id) giveSession(reply, this.config, await this.signIn.open(former, personId, false, from));
    return this.invitations.view(id);
  }

  private shownIn(request: FastifyRequest) {
    return invitationIn(request, this.config, this.hashes, this.clock.now());
  }
}
