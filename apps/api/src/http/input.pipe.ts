import { StandardSchemaValidationPipe } from '@nestjs/common';
import { DomainError } from '#platform';

type Issue = { path?: readonly (PropertyKey | { key: PropertyKey })[]; code?: string };

/** Parses what comes in with the contract's schemas; a bad field is named by its path with a code, never quoted back. */
export const inputPipe = () => new StandardSchemaValidationPipe({ exceptionFactory: badInput });

export const badInput = (issues: readonly unknown[]) =>
  new DomainError('invalid', { fields: Object.fromEntries((issues as Issue[]).map(field)) });

function field({ path = [], code = 'invalid' }: Issue): [string, string] {
  return [path.map((part) => String(typeof part === 'object' ? part.key : part)).join('.'), code];
}
