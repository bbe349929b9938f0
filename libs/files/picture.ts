import type sharpModule from 'sharp';
import { fileLimits } from '#contract';
import { DomainError } from '#platform';

let loading: Promise<typeof sharpModule> | undefined;
/** Fetched with the first picture: who only removes files has no need of it. */
const loaded = () =>
  (loading ??= import('sharp').then(({ default: sharp }) => {
    sharp.cache(false);
    sharp.concurrency(1);
    return sharp;
  }));

const previewSize = 480;
export type Picture = { content: Buffer; preview: Buffer };

/** The picture drawn anew, upright and without a word about where, when and with what it was taken; and a small one of it. */
export async function redraw(file: Buffer, mediaType: string): Promise<Picture> {
  const sharp = await loaded();
  const open = () => sharp(file, { limitInputPixels: fileLimits.pixels, failOn: 'error', sequentialRead: true });
  try {
    const { width, height, pages = 1 } = await sharp(file, { limitInputPixels: false }).metadata();
    if (width * height * pages > fileLimits.pixels) throw new DomainError('file.pixels');
    const upright = open().rotate();
    const drawn =
      mediaType === 'image/png'
        ? upright.png()
        : mediaType === 'image/webp'
          ? upright.webp({ quality: 90 })
          : upright.jpeg({ quality: 90 });
    const content = await drawn.toBuffer();
    const preview = await open()
      .rotate()
      .resize(previewSize, previewSize, { fit: 'inside', withoutEnlargement: true })
      .webp({ quality: 70 })
      .toBuffer();
    return { content, preview };
  } catch (error) {
    if (error instanceof DomainError) throw error;
    throw new DomainError(/pixel limit/i.test((error as Error).message) ? 'file.pixels' : 'file.damaged');
  }
}
