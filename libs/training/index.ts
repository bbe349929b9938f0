export { AttendanceService } from './attendance.service.js';
export { EnrolmentsService } from './enrolments.service.js';
export { TrainingModule } from './training.module.js';
export { TrainingReminders } from './training.reminders.js';
export { TrainingsService } from './trainings.service.js';
