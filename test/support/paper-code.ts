import { PDFiumLibrary } from '@hyzyla/pdfium';
import decodeQr, { type FinderPoints } from 'qr/decode.js';

/** What a telephone reads when it is held over the first page of a paper, and how far down the page the square ends (0 to 1). */
export async function scanned(pdf: Uint8Array): Promise<{ text: string; bottom: number }> {
  const library = await PDFiumLibrary.init();
  try {
    const paper = await library.loadDocument(pdf);
    const { data, width, height } = await paper.getPage(0).render({ scale: 2, render: 'bitmap' });
    paper.destroy();
    let bottom = 0;
    const pointsOnQR = ({ boundingBox }: FinderPoints) => void (bottom = (boundingBox.y + boundingBox.height) / height);
    return { text: decodeQr({ data, width, height }, { pointsOnDetect: pointsOnQR, timeLimit: 5_000 }), bottom };
  } finally {
    library.destroy();
  }
}
