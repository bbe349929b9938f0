export { LooksService } from './looks.service.js';
export { OpeningsService } from './openings.service.js';
export { WitnessesService } from './witnesses.service.js';
export { IncidentsService } from './incidents.service.js';
export { DrillsService } from './drills.service.js';
export { DrillsSweep } from './drills.sweep.js';
export { IncidentsSweep } from './incidents.sweep.js';
export { SafekeepingModule } from './safekeeping.module.js';
