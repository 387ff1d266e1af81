import type { Readable } from 'node:stream';
import sharp from 'sharp';

// SVG is left out: it is a program for a renderer. HEIC is tried, and has a picture where the decoder is there.
const PICTURES = new Set(['image/jpeg', 'image/png', 'image/gif', 'image/webp', 'image/avif', 'image/tiff', 'image/heic', 'image/heif']);
const WIDTH = 480;
// A phone's largest pictures have 50 to 200 million pixels; beyond it is a bomb: 64 kB of PNG can hold a gigapixel.
const MOST_PIXELS = 220_000_000;
const SECONDS = 10;

/** Makes small pictures of large ones, one at a time: decoding takes memory by the pixel. */
export class Thumbnails {
  private last: Promise<unknown> = Promise.resolve();

  /** A WebP no wider or higher than 480 pixels, upright, without the place and camera it was taken with. Undefined where there can be none. */
  async of(contentType: string, open: () => Promise<Readable>): Promise<Buffer | undefined> {
    if (!PICTURES.has(contentType)) return undefined;
    const made = this.last.then(() => shrink(open)).catch(() => undefined);
    this.last = made;
    return made;
  }
}

async function shrink(open: () => Promise<Readable>): Promise<Buffer> {
  const source = await open();
  const picture = sharp({ limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true })
    .autoOrient()
    .resize({ width: WIDTH, height: WIDTH, fit: 'inside', withoutEnlargement: true })
    .webp({ quality: 78 })
    .timeout({ seconds: SECONDS });
  source.on('error', (error) => picture.destroy(error));
  try {
    return await source.pipe(picture).toBuffer();
  } finally {
    source.destroy();
  }
}
