export { CourtActsService } from './court.acts.service.js';
export { CourtCaseload } from './court.caseload.js';
export { CourtKeeping } from './court.keeping.js';
export { OversightModule } from './oversight.module.js';
