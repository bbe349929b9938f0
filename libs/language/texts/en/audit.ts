import type kk from '../kk/audit.js';

export default {
  title: 'Integrity of the records',
  text: 'The trace of every event in the cabinet is tied to the one before it. Each day one root over all chains is worked out and published here.',
  how: "Keep a root: later a case's chain can be compared with it. A root says nothing of what a case is about.",
  roots: 'Roots of days',
  none: 'There is no root yet. The first appears when this day is over.',
  day: 'Day',
  chains: 'Chains',
  root: 'Root (SHA-256)',
  case: 'Integrity of the records',
  holds: '{count} fact, every one follows from the one before it. || {count} facts, every one follows from the one before it.',
  broken: 'Fact {n} is not what was recorded.',
  matches: 'The chain leads to the published root of {day}.',
  differs: 'The chain does not lead to the published root: it was written anew.',
  unknown: 'There is no root to compare with yet.',
  export: 'Get the chain to check it',
} satisfies Record<keyof typeof kk, string>;
