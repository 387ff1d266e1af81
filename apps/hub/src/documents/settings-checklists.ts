import { CHECKLIST_SEED, ChecklistSource, type ChecklistBook } from '@claimline/claims';
import type { Queries, Transaction } from '@claimline/database';
import { Settings } from '@claimline/people';

const KEY = 'claims.document-checklists';

/** The lists of wanted documents as versioned settings; the ones that come with the product until somebody publishes others. */
export class SettingsChecklists extends ChecklistSource {
  constructor(private readonly settings: Settings) {
    super();
  }

  async read(queries: Queries): Promise<ChecklistBook> {
    return (await this.settings.read<ChecklistBook>(queries, KEY)) ?? CHECKLIST_SEED;
  }

  async publish(tx: Transaction, book: ChecklistBook, change: { readonly at: Date; readonly by: string | null }): Promise<void> {
    await this.settings.write(tx, KEY, book, change);
  }
}
