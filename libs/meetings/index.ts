export { AttendanceService } from './attendance.service.js';
export { DiaryService } from './diary.service.js';
export { MeetingsModule } from './meetings.module.js';
export { MeetingsService } from './meetings.service.js';
export { Reminders } from './reminders.js';
