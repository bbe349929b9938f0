export { LooksService } from './looks.service.js';
export { SafekeepingModule } from './safekeeping.module.js';
