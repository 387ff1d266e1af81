import type { Queries } from '@claimline/database';
import { Settings } from '@claimline/people';
import type { RetentionTerms } from '@claimline/protocol';

const KEY = 'retention';
/** Two years of the journal: longer than disputes about what arrived usually take to begin. A month of events: longer than a holiday. */
const USUAL: RetentionTerms = { journalMonths: 24, eventDays: 30 };

/** How long the journal and the events are kept: a setting. */
export class RetentionSettings {
  constructor(private readonly settings: Settings) {}

  async read(queries: Queries): Promise<RetentionTerms> {
    return { ...USUAL, ...(await this.settings.read<Partial<RetentionTerms>>(queries, KEY)) };
  }

  async write(tx: Parameters<Settings['write']>[0], terms: RetentionTerms, change: { at: Date; by: string | null }): Promise<void> {
    await this.settings.write(tx, KEY, terms, change);
  }
}
