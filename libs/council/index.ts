export { CouncilModule } from './council.module.js';
export { CouncilService } from './council.service.js';
export { CouncilSweep } from './council.sweep.js';
export { MemorandaService } from './memoranda.service.js';
