import { type ArgumentsHost, Catch, type ExceptionFilter, HttpException, Logger } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { type ErrorCode, errors } from '#contract';
import { DomainError, isAway } from '#platform';

type Problem = { type: string; title: string; status: number; code: ErrorCode } & Record<string, unknown>;

/** Every failure becomes problem+json (RFC 9457). What is no refusal is a bug: logged, and told as 500 without details; a database that is away is neither, and told as 503. */
@Catch()
export class RefusalFilter implements ExceptionFilter {
  private readonly logger = new Logger('Refusal');

  catch(error: unknown, host: ArgumentsHost) {
    const problem = problemOf(error);
    if (problem.status >= 500) this.logger.error({ code: problem.code, request: requestId(host), ...trace(error) });
    const response = host.switchToHttp().getResponse<FastifyReply>();
    if (typeof problem.retryAfter === 'number') void response.header('retry-after', problem.retryAfter);
    void response.status(problem.status).type('application/problem+json').send(problem);
  }
}

/** The same for a frame of a socket, which does not pass through here: the answer to it, after what is no refusal was logged. */
export function refused(error: unknown): { problem: Problem } {
  const problem = problemOf(error);
  if (problem.status >= 500) new Logger('Refusal').error({ code: problem.code, ...trace(error) });
  return { problem };
}

export function problemOf(error: unknown): Problem {
  if (error instanceof DomainError) return problem(error.code, error.details);
  if (isAway(error)) return problem('unavailable', { retryAfter: 2 });
  const status = error instanceof HttpException ? error.getStatus() : ((error as { statusCode?: number } | null)?.statusCode ?? 500);
  if (status === 404) return problem('not_found');
  if (status === 413) return problem('file.too_large');
  if (status === 415) return problem('file.type_refused');
  if (status >= 400 && status < 500) return problem('invalid');
  return problem('internal');
}

const problem = (code: ErrorCode, details: Record<string, unknown> = {}): Problem => ({
  type: `/problems/${code}`,
  title: code,
  status: errors[code],
  code,
  ...details,
});

const requestId = (host: ArgumentsHost) => host.switchToHttp().getRequest<FastifyRequest>().id;

/** Where it happened, without the message: a database error may quote what somebody wrote. */
function trace(error: unknown) {
  const { name, stack, code } = error as { name?: string; stack?: string; code?: string };
  return {
    name,
    sqlState: code,
    at: stack
      ?.split('\n')
      .filter((line) => line.trimStart().startsWith('at '))
      .slice(0, 8),
  };
}
