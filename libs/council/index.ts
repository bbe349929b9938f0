export { CouncilModule } from './council.module.js';
export { CouncilService } from './council.service.js';
export { CouncilSweep } from './council.sweep.js';
export { HouseEventsService } from './house-events.service.js';
export { MemorandaService } from './memoranda.service.js';
