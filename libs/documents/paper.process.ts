import { setPriority } from 'node:os';
import { type Paper, renderPdf } from './pdf.js';

/** One paper, then the end. Whoever talks goes first. */
setPriority(10);
process.once('message', (paper: Paper) => {
  void renderPdf(paper).then((pdf) => process.send!(new Uint8Array(pdf), () => process.exit(0)));
});
process.once('disconnect', () => process.exit(0));
