import { createParamDecorator, type ExecutionContext, Injectable } from '@nestjs/common';
import { AuthGuard } from '@nestjs/passport';
import type { FastifyRequest } from 'fastify';
import { SignIn } from '#contract';
import { DomainError } from '#platform';
import { badInput } from '../http/input.pipe.js';

/** Runs the strategy that fits what was shown. Guards run before pipes, so the body is checked here first: its lengths are a guard, too. */
@Injectable()
export class SignInGuard extends AuthGuard(['password', 'code']) {
  constructor() {
    super({ session: false, property: 'personId' });
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    const shown = SignIn.safeParse(context.switchToHttp().getRequest<FastifyRequest>().body);
    if (!shown.success) throw badInput(shown.error.issues);
    return (await super.canActivate(context)) as boolean;
  }

  override handleRequest<T = string>(error: unknown, personId: T | false | null): T {
    if (error) throw error;
    if (!personId) throw new DomainError('sign_in.refused');
    return personId;
  }
}

/** The person whom a strategy has just recognised. */
export const SignedInPerson = createParamDecorator(
  (_: unknown, context: ExecutionContext) => context.switchToHttp().getRequest<{ personId: string }>().personId,
);
