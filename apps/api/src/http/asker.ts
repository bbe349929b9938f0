import { applyDecorators, createParamDecorator, type ExecutionContext, SetMetadata } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ApiBearerAuth } from '@nestjs/swagger';
import type { Actor, PartnerScope } from '#contract';

/** What a request carries about who asks: the actor, and whether a second factor still stands between him and his role. */
export type Asker = {
  actor: Actor;
  sessionId: string | null;
  secondFactor: 'none' | 'needed' | 'to_set' | 'passed';
  scopes?: PartnerScope[];
};
export type AskedRequest = FastifyRequest & { user?: Asker };

export const visitor: Asker = { actor: { id: null, role: 'visitor' }, sessionId: null, secondFactor: 'none' };

/** Open to people without a session. Every other route answers 401 without one. */
export const Public = () => SetMetadata('public', true);
/** Open to a partner's machine whose token has this scope; no other route is. */
export const ForPartners = (scope: PartnerScope) => applyDecorators(SetMetadata('partner_scope', scope), ApiBearerAuth());
/** Open to a session whose second factor is still missing. */
export const BeforeSecondFactor = () => SetMetadata('before_second_factor', true);

export const CurrentActor = createParamDecorator((_: unknown, context: ExecutionContext): Actor => askerOf(context).actor);
export const CurrentAsker = createParamDecorator((_: unknown, context: ExecutionContext): Asker => askerOf(context));

const askerOf = (context: ExecutionContext): Asker => context.switchToHttp().getRequest<AskedRequest>().user ?? visitor;
