import { VisitorThreads } from '@claimline/conversations';
import type { Database } from '@claimline/database';
import { VisitorPush } from '../delivery/channel-opener';

/**
 * Puts what a chat sends into the visitor's thread, on disk: that is what "sent" means there. The sockets hear of it from the event log, at every
 * replica alike, and a visitor who is away finds it when they come back.
 */
export class ThreadPush extends VisitorPush {
  constructor(
    private readonly database: Database,
    private readonly threads: VisitorThreads,
  ) {
    super();
  }

  /** @throws Error when there is no such visitor, or the database cannot be reached */
  async push(_inboxId: string, visitor: string, event: string, payload: unknown): Promise<void> {
    const { id } = payload as { id?: unknown };
    if (event !== 'chat:message' || typeof id !== 'string') throw new Error(`a chat sends messages, not ${event}`);
    const isThere = await this.database.transaction((tx) => this.threads.put(tx, visitor, [id]));
    if (!isThere) throw new Error('there is no such visitor');
  }
}
