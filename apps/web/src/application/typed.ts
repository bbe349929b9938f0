import type { SaveAnswers } from '#contract';
import { whenEnded, whenSomebodyCame } from '../session.js';

/** A page of an application as it was when the session ended under it. */
type Typed = { personId: string; where: string; answers: SaveAnswers; replies: Record<string, string> };
type Branch = { [key: string]: unknown };

const longestMs = 30 * 60_000;
let kept: Typed | null = null;
let fading: ReturnType<typeof setTimeout> | undefined;

/**
 * What stands in a form that its author has not saved is lost when the session ends from elsewhere, unless it waits here: in the page's own
 * memory, for the same person alone, for half an hour. Whoever else signs in finds nothing. Returns how to stop watching.
 */
export const keepWhenEnded = (typed: () => Typed) =>
  whenEnded(() => {
    clearTimeout(fading);
    fading = setTimeout(forgetTyped, longestMs);
    kept = typed();
  });

whenSomebodyCame((personId) => {
  if (kept?.personId !== personId) forgetTyped();
});

export const typedBy = (personId: string, where: string) => (kept?.personId === personId && kept.where === where ? kept : null);

export function forgetTyped() {
  kept = null;
}

/** The answers as they were saved, and over them what was typed. */
export const withTyped = (answers: SaveAnswers, typed: SaveAnswers | null) => (typed ? (over(answers, typed) as SaveAnswers) : answers);

const over = (below: Branch, above: Branch): Branch => ({
  ...below,
  ...Object.fromEntries(
    Object.entries(above).map(([key, value]) => [key, isBranch(value) && isBranch(below[key]) ? over(below[key], value) : value]),
  ),
});
const isBranch = (value: unknown): value is Branch => typeof value === 'object' && value !== null && !Array.isArray(value);
