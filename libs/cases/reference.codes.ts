import categories from './data/dispute-categories.json' with { type: 'json' };
import districts from './data/districts.json' with { type: 'json' };

/** What reports are cut by must be codes of the registers: a word of somebody's own would be published with them. */
export const isCategory = (code: string) => categories.categories.some((row) => row.code === code);
export const isDistrict = (code: string) => districts.districts.some((row) => row.code === code);
