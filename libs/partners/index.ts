export { PartnerCalls } from './partner.calls.js';
export { PartnerCallsModule, PartnersModule } from './partners.module.js';
export { PartnerHooksService } from './partner-hooks.service.js';
