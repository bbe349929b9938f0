import {
  applyDecorators,
  type CallHandler,
  type ExecutionContext,
  Injectable,
  type NestInterceptor,
  UseInterceptors,
} from '@nestjs/common';
import { ApiHeader } from '@nestjs/swagger';
import { from, lastValueFrom, type Observable } from 'rxjs';
import type { Actor, SignedIn } from '#contract';
import { DomainError, Once } from '#platform';
import { type AskedRequest, visitor } from './asker.js';

/** Honours `Idempotency-Key` on a route whose act must not be done twice. Without the header the route is as it was. */
@Injectable()
export class OnceInterceptor implements NestInterceptor {
  constructor(private readonly once: Once) {}

  intercept(context: ExecutionContext, next: CallHandler): Observable<unknown> {
    const request = context.switchToHttp().getRequest<AskedRequest>();
    const { actor } = request.user ?? visitor;
    const key = request.headers['idempotency-key'];
    if (key === undefined || !isSignedIn(actor)) return next.handle();
    if (typeof key !== 'string' || !/^[\x21-\x7e]{1,200}$/.test(key))
      throw new DomainError('invalid', { fields: { 'idempotency-key': 'invalid' } });
    const asked = { key, request: `${request.method} ${request.url} ${JSON.stringify(request.body ?? null)}` };
    return from(this.once.answer(actor, asked, () => lastValueFrom(next.handle())));
  }
}

const isSignedIn = (actor: Actor): actor is SignedIn => actor.id !== null;

/** Marks such a route. */
export const DoneOnce = () => applyDecorators(UseInterceptors(OnceInterceptor), ApiHeader(header));
const header = { name: 'Idempotency-Key', required: false, description: 'The same key again: the same answer, and nothing is done twice.' };
