import type { Conversation } from '@claimline/protocol';
import { createContext, useContext } from 'react';

/** What every entry of a thread may need to know of its conversation. */
export const EntryContext = createContext<{ readonly conversation: Conversation } | null>(null);

/** The conversation around an entry. */
export function useEntryConversation(): Conversation {
  const context = useContext(EntryContext);
  if (!context) throw new Error('an entry stands in a thread');
  return context.conversation;
}
