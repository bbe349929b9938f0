/** What every page needs, in one file for the browser. */
export { default as common } from './common.js';
export { default as errors } from './errors.js';
export { default as fields } from './fields.js';
export { default as parts } from './parts.js';
