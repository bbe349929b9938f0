import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { DomainError } from '#platform';
import { type AskedRequest, type Asker, visitor } from './asker.js';

/** Turns the session cookie into who asks, for every HTTP route; closed unless a route says @Public. Sockets do the same once, at the handshake. */
@Injectable()
export class ActorGuard extends AuthGuard('session') {
  constructor(private readonly reflector: Reflector) {
    super({ session: false });
  }

  override async canActivate(context: ExecutionContext): Promise<boolean> {
    await super.canActivate(context);
    const { actor, secondFactor } = context.switchToHttp().getRequest<AskedRequest>().user ?? visitor;
    if (this.says('public', context)) return true;
    if (actor.id === null) throw new DomainError('unauthenticated');
    const missing = secondFactor === 'needed' || secondFactor === 'to_set';
    if (missing && !this.says('before_second_factor', context)) throw new DomainError('second_factor_required');
    return true;
  }

  override handleRequest<T = Asker>(error: unknown, asker: T | false | null): T {
    if (error) throw error;
    return (asker || visitor) as T;
  }

  private says(mark: string, context: ExecutionContext) {
    return this.reflector.getAllAndOverride<boolean>(mark, [context.getHandler(), context.getClass()]) ?? false;
  }
}
