import { Injectable } from '@nestjs/common';
import { PassportStrategy } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { Strategy } from 'passport-local';
import { SignInService } from '#people';
import { fromOf } from './session.cookie.js';

/** An e-mail or a phone, and a password. */
@Injectable()
export class PasswordStrategy extends PassportStrategy(Strategy, 'password') {
  constructor(private readonly signIn: SignInService) {
    super({ usernameField: 'login', passReqToCallback: true });
  }

  validate(request: FastifyRequest, login: string, password: string): Promise<string> {
    return this.signIn.byPassword(login, password, fromOf(request));
  }
}
