export { CourtActsService } from './court.acts.service.js';
export { CourtAlerts } from './court.alerts.js';
export { CourtCaseload } from './court.caseload.js';
export { CourtKeeping } from './court.keeping.js';
export { CourtRegister } from './court.register.js';
