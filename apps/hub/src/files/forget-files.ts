import { Jobs, type Database, type Transaction } from '@claimline/database';
import { Files, FolderStorage } from '@claimline/files';

/** The job that removes what the journal had put into the file store. */
export const FORGET_FILES = 'forget-files';

// One job's share: it starts over as a whole when it fails.
const AT_ONCE = 500;

/** Removes the stored bodies of journal entries that are gone. Bytes go first: whoever is stopped in between finds the rows again and goes on. */
export class ForgetFiles {
  constructor(
    private readonly database: Database,
    private readonly files: Files,
    private readonly storage: FolderStorage,
    private readonly jobs: Jobs,
  ) {}

  /** Enqueues in the caller's transaction: the files go if and only if that is committed. */
  async later(tx: Transaction, fileIds: readonly string[]): Promise<void> {
    for (let first = 0; first < fileIds.length; first += AT_ONCE)
      await this.jobs.add(tx, FORGET_FILES, { fileIds: fileIds.slice(first, first + AT_ONCE) });
  }

  async run(fileIds: readonly string[]): Promise<void> {
    for (const key of await this.files.journalBytes(this.database, fileIds)) await this.storage.remove(key);
    await this.files.removeJournal(this.database, fileIds);
  }
}
