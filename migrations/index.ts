export { bootstrap, type RoleUrls } from './bootstrap.js';
export { migrations } from './list.js';
export { createPolicy, policies } from './0009-policies.js';
