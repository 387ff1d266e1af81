import sharp from 'sharp';
import { readPdf } from './pdf-words';

/** What can be shown page by page. */
export const PAGED = ['application/pdf', 'image/tiff'] as const;

// A fax page at 204 × 196 dpi has 4 million pixels; the largest scans have ten times that. Beyond it is a bomb.
const MOST_PIXELS = 120_000_000;
const MOST_PAGES = 500;
const SECONDS = 15;
// Wide enough to read small print when zoomed, small enough to travel.
const WIDTH = 2_000;

/** What a paper is: how many pages, and what is written in it where it holds text. */
export interface Paper {
  readonly pages: number | null;
  /** Empty where the pages are pictures: nothing here reads pictures. */
  readonly words: string;
}

/** Looks into papers, one at a time: decoding takes memory by the page. */
export class Pages {
  private last: Promise<unknown> = Promise.resolve();

  /** How many pages, and their text. Never throws: a paper that cannot be read is a paper of unknown pages without words. */
  async read(contentType: string, content: Buffer): Promise<Paper> {
    const unknown: Paper = { pages: null, words: '' };
    if (contentType === 'application/pdf') return this.inTurn(() => readPdf(content)).catch(() => unknown);
    if (!contentType.startsWith('image/')) return unknown;
    return this.inTurn(() => sharp(content, { limitInputPixels: MOST_PIXELS }).metadata())
      .then(({ pages, format }) => ({ pages: format === 'tiff' ? (pages ?? 1) : 1, words: '' }))
      .catch(() => unknown);
  }

  /** One page of a TIFF as WebP, counted from 1; undefined where there is no such page or it cannot be decoded. */
  async picture(content: Buffer, page: number): Promise<Buffer | undefined> {
    if (page < 1 || page > MOST_PAGES) return undefined;
    return this.inTurn(() => render(content, page)).catch(() => undefined);
  }

  /** The pages from `first` to `last` of a TIFF, as a TIFF of their own. Throws where they cannot be decoded. */
  async cut(content: Buffer, first: number, last: number): Promise<Buffer> {
    return this.inTurn(() =>
      sharp(content, { page: first - 1, pages: last - first + 1, limitInputPixels: MOST_PIXELS * 10 })
        .tiff({ compression: 'lzw' })
        .timeout({ seconds: SECONDS * 2 })
        .toBuffer(),
    );
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work);
    this.last = turn.catch(() => undefined);
    return turn;
  }
}

function render(content: Buffer, page: number): Promise<Buffer> {
  return sharp(content, { page: page - 1, limitInputPixels: MOST_PIXELS, failOn: 'none' })
    .autoOrient()
    .resize({ width: WIDTH, withoutEnlargement: true })
    .webp({ quality: 80 })
    .timeout({ seconds: SECONDS })
    .toBuffer();
}

/** What a part of a paper is called: `fax.tiff` becomes `fax p2-3.tiff`. */
export function joinPages(name: string, first: number, last: number): string {
  const [ending = ''] = /\.[^.]+$/.exec(name) ?? [];
  const stem = name.slice(0, name.length - ending.length);
  return `${stem} p${first}${last > first ? `-${last}` : ''}${ending}`;
}
