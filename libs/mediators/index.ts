export { type Needs, obstaclesOf } from './eligibility.js';
export { Mediator, type MediatorKind } from './mediator.entity.js';
export { MediatorsModule } from './mediators.module.js';
export { type MediatorCard, MediatorsService } from './mediators.service.js';
