import { Conversations, maySee, type ConversationRow, type Viewer } from '@claimline/conversations';
import type { Transaction } from '@claimline/database';
import { found, refuse } from '../http/problem';

/** Locks a conversation for a change, or answers that there is none: nobody learns of what they may not see. */
export async function lockVisible(conversations: Conversations, tx: Transaction, viewer: Viewer, id: string): Promise<ConversationRow> {
  const row = found(await conversations.lock(tx, id));
  return maySee(viewer, row) ? row : refuse('not-found');
}
