export { LooksService } from './looks.service.js';
export { OpeningsService } from './openings.service.js';
export { SafekeepingModule } from './safekeeping.module.js';
