import { eventTypes } from '#contract';
import type { Rule } from './rules.js';
import { templateOf } from './templates.js';

/** What the table of rules lacks. A worker does not start with a hole in it, and a build does not pass (holes.spec.ts). */
export function holesIn(rules: Readonly<Record<string, readonly Rule[] | undefined>>): string[] {
  const known: readonly string[] = eventTypes;
  const all = Object.entries(rules).flatMap(([type, of = []]) => of.map((rule) => ({ type, rule })));
  return [
    ...known.filter((type) => !rules[type]).map((type) => `${type}: neither a rule nor a "nobody"`),
    ...Object.keys(rules)
      .filter((type) => !known.includes(type))
      .map((type) => `${type}: no such fact`),
    ...all.filter(({ rule }) => !templateOf(rule.template)).map(({ type, rule }) => `${type}: no template ${rule.template}`),
    ...all
      .filter(({ rule }) => rule.weight === 'legal' && rule.by === 'centre')
      .map(({ type, rule }) => `${type}: ${rule.template} is legal and goes to nobody's door`),
  ];
}
