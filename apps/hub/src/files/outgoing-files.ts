import type { Readable } from 'node:stream';
import type { Clock, Queries } from '@claimline/database';
import { FileLinks, Files, FolderStorage, MissingFile, type LinkPurpose } from '@claimline/files';
import { OutgoingFiles } from '../delivery/message-content';
import { PublicUrl } from '../platform/public-url';

// Vendors fetch at once, but may have a queue of their own; a customer's link outlives the weekend.
const LIFE_MS: Readonly<Record<LinkPurpose, number>> = { vendor: 2 * 3_600_000, customer: 7 * 24 * 3_600_000 };

/** Files of messages that leave: streams for channels that upload, signed links for those whose vendor fetches. */
export class StoredOutgoingFiles extends OutgoingFiles {
  constructor(
    private readonly queries: Queries,
    private readonly files: Files,
    private readonly storage: FolderStorage,
    private readonly links: FileLinks,
    private readonly publicUrl: PublicUrl,
    private readonly clock: Clock,
  ) {
    super();
  }

  /** @throws MissingFile when there is no such file, or its bytes are gone. */
  async open(fileId: string): Promise<Readable> {
    const row = await this.files.find(this.queries, fileId);
    if (!row) throw new MissingFile(`there is no file ${fileId}`);
    return this.storage.open(row.storage_key);
  }

  link(attachmentId: string, purpose: LinkPurpose = 'vendor'): string {
    const until = new Date(this.clock.now().getTime() + LIFE_MS[purpose]);
    return `${this.publicUrl.get()}/files/${this.links.make({ attachmentId, purpose }, until)}`;
  }
}
