import { Readable } from 'node:stream';
import { displayName } from './content/display-name';
import type { Scanner, Threat } from './content/scanner';
import { sniff } from './content/sniff';
import type { Thumbnails } from './content/thumbnails';
import type { Storage, StoredBytes } from './storage/storage';

/** What the sender says of a file. Believed as far as the bytes allow. */
export interface FileClaims {
  readonly name?: string;
  readonly contentType?: string;
}

/** A file whose bytes are safe, before it has a row. */
export interface KeptFile {
  readonly storageKey: string;
  readonly sha256: Buffer;
  readonly size: number;
  readonly name: string;
  readonly contentType: string;
  readonly thumbnailKey: string | null;
  /** Found by a scanner: it may not be opened. */
  readonly threat: string | null;
}

const THUMBNAIL_LIMIT = 2 * 1024 * 1024;

/** Takes bytes in: stored, looked at, scanned, and with a small picture where there can be one. Knows nothing of the database. */
export class FileKeeper {
  constructor(
    private readonly storage: Storage,
    private readonly scanners: readonly Scanner[],
    private readonly thumbnails: Thumbnails,
  ) {}

  /** Resolves when the bytes are on disk. @throws TooLarge · StorageFull · whatever the stream throws */
  async keep(content: Readable, claims: FileClaims, limit: number): Promise<KeptFile> {
    const stored = await this.storage.put(content, limit);
    const contentType = await sniff(stored.head, claims.contentType);
    const threat = await this.scan(stored);
    return {
      storageKey: stored.key,
      sha256: stored.sha256,
      size: stored.size,
      name: displayName(claims.name, contentType),
      contentType,
      thumbnailKey: threat ? null : await this.thumbnail(stored, contentType),
      threat: threat?.name ?? null,
    };
  }

  private async scan({ key }: StoredBytes): Promise<Threat | undefined> {
    for (const scanner of this.scanners) {
      const content = await this.storage.open(key);
      // What could not be scanned is not opened by anybody: a scanner that is down must not be a way around it.
      const threat = await scanner.scan(content).catch((): Threat => ({ name: 'not-scanned' }));
      content.destroy();
      if (threat) return threat;
    }
    return undefined;
  }

  // A picture that is broken, or a disk that is full now, costs the thumbnail and nothing else.
  private async thumbnail({ key }: StoredBytes, contentType: string): Promise<string | null> {
    const picture = await this.thumbnails.of(contentType, () => this.storage.open(key));
    if (!picture) return null;
    const stored = await this.storage.put(Readable.from([picture]), THUMBNAIL_LIMIT).catch(() => undefined);
    return stored?.key ?? null;
  }
}
