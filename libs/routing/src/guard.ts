/** What the router must know before it looks at a conversation at all. */
export interface Routable {
  readonly status: 'open' | 'snoozed' | 'resolved';
  /** A person has to say first which claim it belongs to. */
  readonly toFile: boolean;
  /** Whether a message of the customer waits for an answer. */
  readonly awaitingReply: boolean;
  readonly labels: readonly string[];
}

const UNROUTED_LABELS = ['automatic', 'spam', 'blocked'];

/** Why a conversation is stored and not given to anybody (routing-and-metrics.md §5.3.1); null when it is routed. */
export function unroutable(conversation: Routable): 'not-open' | 'to-file' | 'nothing-to-answer' | 'automatic' | null {
  if (conversation.status !== 'open') return 'not-open';
  if (conversation.toFile) return 'to-file';
  if (conversation.labels.some((label) => UNROUTED_LABELS.includes(label))) return 'automatic';
  return conversation.awaitingReply ? null : 'nothing-to-answer';
}
