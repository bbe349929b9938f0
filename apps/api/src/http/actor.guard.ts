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
    const { actor, secondFactor, scopes } = context.switchToHttp().getRequest<AskedRequest>().user ?? visitor;
    if (scopes && !scopes.some((scope) => scope === this.mark('partner_scope', context))) throw new DomainError('token.scope_missing');
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

  private says = (mark: string, context: ExecutionContext) => this.mark(mark, context) === true;

  private mark(name: string, context: ExecutionContext): unknown {
    return this.reflector.getAllAndOverride<unknown>(name, [context.getHandler(), context.getClass()]);
  }
}
