import type { ConversationRow } from '@claimline/conversations';
import type { Queries } from '@claimline/database';

/** The words of an answer: those typed, or a template's, filled in for this conversation. Bound to the notifications room. */
export abstract class RenderedReply {
  /** @throws HubProblem `not-found` for an unknown template, `template-incomplete` where it lacks facts. */
  abstract of(
    queries: Queries,
    conversation: ConversationRow,
    wish: { text: string; subject: string | null; template: string | undefined; channel: string },
  ): Promise<{ text: string; subject: string | null }>;
}
