export { DeliveriesService } from './deliveries.service.js';
export { Deliverer, MAIL, SMS } from './delivery/deliverer.js';
export { DeliveryModule } from './delivery/delivery.module.js';
export { Gather } from './delivery/gather.js';
export { Sweeper } from './delivery/sweeper.js';
export { NoticesModule } from './notices.module.js';
export { NoticesService } from './notices.service.js';
export type { Planned } from './planning/notice.js';
export { Planner } from './planning/planner.js';
