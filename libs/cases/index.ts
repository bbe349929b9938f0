export { Case } from './case.entity.js';
export { CaseEffects } from './case.effects.js';
export { courtNextActor } from './case.lifecycle.js';
export { type KnownCase, lockCase, moveCase, subjectOf } from './case.moves.js';
export { CasesModule } from './cases.module.js';
