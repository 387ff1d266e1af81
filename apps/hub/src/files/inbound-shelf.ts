import { Readable } from 'node:stream';
import type { RawDelivery } from '@claimline/conversations';
import { Seal, type Queries } from '@claimline/database';
import { Files, FolderStorage, MissingFile } from '@claimline/files';
import type { InboundEvent } from '@claimline/messages';
import { Shelf } from '../inbound/inbound-desk';
import type { IncomingFiles } from './incoming-files';

// Beyond this a row of the journal would weigh on every backup and every vacuum.
const LARGE = 1024 * 1024;
const LIMIT = 128 * 1024 * 1024;
// What our key ids look like; the sealed bytes follow.
const KEY_ID = 8;

/** The shelf beside the desk: files of messages, and raw bodies too large for a row. Those are sealed like the small ones. */
export class InboundShelf extends Shelf {
  constructor(
    private readonly queries: Queries,
    private readonly seal: Seal,
    private readonly storage: FolderStorage,
    private readonly files: Files,
    private readonly incoming: IncomingFiles,
  ) {
    super();
  }

  prepare(events: readonly InboundEvent[]): Promise<void> {
    return this.incoming.prepare(events);
  }

  async shelve(raw: RawDelivery): Promise<RawDelivery> {
    if (raw.body.length <= LARGE || raw.fileId) return raw;
    const { keyId, sealed } = this.seal.seal(raw.body);
    const stored = await this.storage.put(Readable.from([Buffer.from(keyId, 'latin1'), sealed]), LIMIT);
    const file = {
      storageKey: stored.key,
      sha256: stored.sha256,
      size: stored.size,
      name: 'raw',
      contentType: 'application/octet-stream',
      thumbnailKey: null,
      threat: null,
    };
    return { ...raw, fileId: await this.files.add(this.queries, file, 'journal', raw.receivedAt) };
  }

  /** The whole body that {@link shelve} put away. @throws MissingFile */
  async fetch(fileId: string): Promise<Buffer> {
    const row = await this.files.find(this.queries, fileId);
    if (!row) throw new MissingFile(`there is no file ${fileId}`);
    const kept = Buffer.concat(await (await this.storage.open(row.storage_key)).toArray());
    return this.seal.open({ keyId: kept.subarray(0, KEY_ID).toString('latin1'), sealed: kept.subarray(KEY_ID) });
  }
}
