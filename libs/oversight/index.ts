export { CourtCaseload } from './court.caseload.js';
export { OversightModule } from './oversight.module.js';
