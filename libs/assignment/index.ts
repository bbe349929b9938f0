export { type CaseFacts, type MediatorFacts, noTie, type Tie, whyNot } from './facts.js';
export { greedy, match, type Matching, type Queue } from './many.js';
export { type Inputs, rank } from './one.js';
export { type Rules, rulesOf, rulesOn } from './rules.js';
export { lotOf, scoreOf } from './score.js';
export { type Choosing, type Line, lineOf, type SideAnswer } from './together.js';
