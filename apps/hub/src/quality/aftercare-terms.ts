import type { Queries } from '@claimline/database';
import { Settings } from '@claimline/people';
import type { AftercareTerms } from '@claimline/protocol';

const KEY = 'aftercare';
/** Source 2.1(5) and 6.2.2 of the specification: five working days, fourteen days. */
const USUAL: AftercareTerms = { callbackDays: 5, quietDays: 14 };

/** After how many days customers are called whose claim has ended, and after how many they have heard nothing for too long: a setting. */
export class AftercareSettings {
  constructor(private readonly settings: Settings) {}

  async read(queries: Queries): Promise<AftercareTerms> {
    return { ...USUAL, ...(await this.settings.read<Partial<AftercareTerms>>(queries, KEY)) };
  }

  async write(tx: Parameters<Settings['write']>[0], terms: AftercareTerms, change: { at: Date; by: string | null }): Promise<void> {
    await this.settings.write(tx, KEY, terms, change);
  }
}
