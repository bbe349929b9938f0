export { DirectoryService } from './directory.service.js';
export { PortalModule } from './portal.module.js';
