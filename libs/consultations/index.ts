export { ConsultationSweep } from './consultation.sweep.js';
export { ConsultationsModule } from './consultations.module.js';
export { ConsultationsService } from './consultations.service.js';
export { DutiesService } from './duties.service.js';
