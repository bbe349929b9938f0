export type { Outcome } from './delivery/outcomes.js';
export { type Planned, travelling } from './planning/notice.js';
export { Planner } from './planning/planner.js';
export {
  BouncesService,
  DeliveriesService,
  HealthService,
  LettersService,
  NoticeSettingsService,
  NoticesModule,
  NoticesService,
  PreviewsService,
  ProofService,
  PushService,
} from './notices.module.js';
export { BacklogOf, Bounces, Deliverer, DeliveryModule, MAIL, PUSH, SMS, Sweeper } from './delivery/delivery.module.js';
