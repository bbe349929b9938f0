export type { Block, Words } from './blocks.js';
export { renderPdf, type Paper } from './pdf.js';
export { printApart } from './print-apart.js';
