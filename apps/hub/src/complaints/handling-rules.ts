import type { Queries, Transaction } from '@claimline/database';
import { Settings } from '@claimline/people';
import { DEFAULT_HANDLING, type ComplaintHandling, type Regulator } from '@claimline/quality';
import { HubProblem } from '../http/problem';

const KEY = 'complaints';

/** How complaints are handled here, as the setting says: playbooks, causes, regulators, lines. Nobody has set it: as it comes with the product. */
export class HandlingRules {
  constructor(private readonly settings: Settings) {}

  async read(queries: Queries): Promise<ComplaintHandling & { readonly version: number }> {
    const set = await this.settings.latest<Partial<ComplaintHandling>>(queries, KEY);
    return { ...DEFAULT_HANDLING, ...set?.value, version: set?.version ?? 0 };
  }

  async regulators(queries: Queries): Promise<readonly Regulator[]> {
    return (await this.read(queries)).regulators;
  }

  /** Writes the next version. @throws HubProblem `already-exists` when somebody has changed it since the version that was read */
  async write(tx: Transaction, handling: ComplaintHandling, change: { version: number; at: Date; by: string | null }): Promise<void> {
    const { at, by } = change;
    await this.settings.write(tx, KEY, handling, { at, by });
    // Written first: the write holds the key, so that of two who read the same version one is told.
    const now = await this.settings.latest(tx, KEY);
    if (now?.version !== change.version + 1) throw new HubProblem('already-exists', { version: (now?.version ?? 1) - 1 });
  }
}
