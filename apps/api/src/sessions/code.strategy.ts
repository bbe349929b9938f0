import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import Custom from 'passport-custom';
import { ShownCode } from '#contract';
import { SignInService } from '#people';
import { fromOf } from './session.cookie.js';

/** A one-time code that was sent to an e-mail or a phone. */
@Injectable()
export class CodeStrategy extends PassportStrategy(Custom, 'code') {
  constructor(private readonly signIn: SignInService) {
    super();
  }

  async validate(request: FastifyRequest): Promise<string | null> {
    const shown = ShownCode.safeParse(request.body);
    return shown.success ? this.signIn.byCode(shown.data, fromOf(request)) : null;
  }
}
