import { z } from 'zod';
import { ClaimItem } from './claims';
import { ConversationItem } from './conversations';
import { Id, Moment } from './paging';

/** `GET /api/search?q=`: names, addresses, plates, policy and claim numbers, and words of messages, in English and Chinese. */
export const SearchQuery = z.object({ q: z.string().trim().min(1).max(200), limit: z.coerce.number().int().min(1).max(50).default(10) });
export const SearchAnswer = z.object({
  claims: z.array(ClaimItem),
  contacts: z.array(z.object({ id: Id, name: z.string(), address: z.string().nullable(), claims: z.number() })),
  conversations: z.array(ConversationItem),
  messages: z.array(
    z.object({ id: Id, conversationId: Id, contact: z.string(), claim: z.string().nullable(), snippet: z.string(), at: Moment }),
  ),
});
export type SearchAnswer = z.infer<typeof SearchAnswer>;
