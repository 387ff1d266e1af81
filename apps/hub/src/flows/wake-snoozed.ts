import type { Database } from '@claimline/database';
import { ManageConversation } from './manage-conversation';

/** Brings back what was set aside until now. */
export class WakeSnoozed {
  readonly name = 'wake-snoozed';

  constructor(
    private readonly database: Database,
    private readonly manage: ManageConversation,
  ) {}

  sweep(now: Date): Promise<number> {
    return this.database.transaction((tx) => this.manage.wake(tx, now));
  }
}
