import type { ConversationItem } from '@claimline/protocol';

/** Somebody in the list of customers. */
export interface CustomerRow {
  readonly id: string;
  readonly name: string;
  readonly address: string | null;
  readonly claims: number | null;
  readonly last: { readonly at: string; readonly channel: string; readonly words: string } | null;
}

/** Who was last in touch, each once, from the conversations as they come. */
export function recentCustomers(conversations: readonly ConversationItem[]): readonly CustomerRow[] {
  const rows = new Map<string, CustomerRow>();
  for (const one of conversations) {
    const { id, name } = one.contact;
    const known = rows.get(id)?.last?.at;
    if (known !== undefined && known >= one.lastMessageAt) continue;
    rows.set(id, { id, name, address: null, claims: null, last: { at: one.lastMessageAt, channel: one.channel, words: one.preview } });
  }
  return [...rows.values()].sort((a, b) => ((a.last?.at ?? '') < (b.last?.at ?? '') ? 1 : -1));
}
