export { ComplaintReminders } from './complaint.reminders.js';
export { ComplaintsModule } from './complaints.module.js';
export { ComplaintsService } from './complaints.service.js';
