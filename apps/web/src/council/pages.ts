/** Fetched together: both draw with the same bars, and one file more would be named on the way of every application. */
export { ReportPage } from './report-page.js';
export { ScorecardPage } from './scorecard-page.js';
