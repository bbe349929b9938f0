export { type MarkedTies, noTies, type Ties, tiesIn, tiesOf } from './conflicts.js';
export { type Needs, obstaclesOf } from './eligibility.js';
export { Mediator, type MediatorKind } from './mediator.entity.js';
export { MediatorsModule } from './mediators.module.js';
export { type MediatorCard, MediatorsService } from './mediators.service.js';
export { RegisterEntryService } from './register-entry.service.js';
export { RelationsService } from './relations.service.js';
