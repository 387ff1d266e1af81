import { FileWords } from '@claimline/conversations';
import type { Clock, Database } from '@claimline/database';
import { FolderStorage, PAGED, Pages, type Paper } from '@claimline/files';
import type { AttachmentFile } from '../views/attachment.view';

// What a mailroom scans; more is no paper.
const MOST_BYTES = 25 * 1024 * 1024;
const PICTURE = /^image\//;

/** Reads papers that lie in the file store: pages, words, and one page as a picture. What was read once is kept. */
export class PaperReader {
  constructor(
    private readonly database: Database,
    private readonly storage: FolderStorage,
    private readonly pages: Pages,
    private readonly words: FileWords,
    private readonly clock: Clock,
  ) {}

  /** Words are empty where the pages are pictures: nothing here reads pictures. */
  async read(file: Pick<AttachmentFile, 'id' | 'content_type' | 'storage_key' | 'size' | 'state'>): Promise<Paper> {
    const known = await this.words.find(this.database, file.id);
    if (known) return known;
    const isPaper = PAGED.includes(file.content_type as never) || PICTURE.test(file.content_type);
    const content = isPaper ? await this.bytes(file) : undefined;
    if (!content) return { pages: null, words: '' };
    const read = await this.pages.read(file.content_type, content);
    await this.words.keep(this.database, file.id, read, this.clock.now());
    return read;
  }

  /** A page of a TIFF as WebP, from 1; undefined where there is none. */
  async picture(file: Pick<AttachmentFile, 'content_type' | 'storage_key' | 'size' | 'state'>, page: number): Promise<Buffer | undefined> {
    if (file.content_type !== 'image/tiff') return undefined;
    const content = await this.bytes(file);
    return content && this.pages.picture(content, page);
  }

  /** All of a file, where it is here and of a size that a paper has. */
  async bytes({ storage_key: key, size, state }: Pick<AttachmentFile, 'storage_key' | 'size' | 'state'>): Promise<Buffer | undefined> {
    if (!key || state !== 'stored' || Number(size) > MOST_BYTES) return undefined;
    return Buffer.concat(await (await this.storage.open(key)).toArray());
  }
}
