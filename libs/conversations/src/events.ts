/** What can happen in this room, by name. An event holds ids and codes, never words or addresses; fields may be added, never changed. */
export interface ConversationEvents {
  'message.received': {
    messageId: string;
    contactId: string;
    inboxId: string;
    kind: string;
    hasMedia: boolean;
    newConversation: boolean;
    statedAt?: string;
  };
  'message.sent': { messageId: string; authorId: string | null };
  'message.noted': { messageId: string; authorId: string };
  'message.changed': { messageId: string };
  'call.changed': { messageId: string; callId: string; phase: string };
  'conversation.opened': { contactId: string };
  'conversation.assigned': { assigneeId: string | null; actorId: string | null; cause: string };
  'conversation.snoozed': { until: string; actorId: string | null };
  'conversation.woken': { cause: string };
  'conversation.resolved': { actorId: string | null };
  'conversation.reopened': { actorId: string | null };
  'conversation.linked': { claimNumber: string | null; partyId: string | null; actorId: string | null; previous: string | null };
  'conversation.walled': { restrictedTo: string | null };
  /** Our silence about its claim has been noticed, or is over. */
  'conversation.quieted': { claimNumber?: string };
  'conversation.labeled': { labels: string[] };
  'scheduled.changed': { scheduledId: string; ownerId: string | null; state: string };
  'message.moved': { messageId: string; from: string; to: string; actorId: string; undone: boolean };
  'scan.changed': { scanId: string; state: string };
  'letter.changed': { deliveryId: string; state: string };
  'appointment.changed': { appointmentId: string; state: string };
  'contact.changed': { contactId: string };
  'contact.read': { inboxId: string; upTo: string };
  /** A bulk run went on, ended or was canceled. */
  'bulk.changed': { runId: string; state: string };
  'needs-look.opened': { itemId: string; reason: string };
  'needs-look.closed': { itemId: string; state: string };
}

/** One event of this room, as it is written into the outbox. */
export type ConversationEvent = {
  [Type in keyof ConversationEvents]: {
    readonly type: Type;
    readonly conversationId: string | null;
    readonly payload: ConversationEvents[Type];
  };
}[keyof ConversationEvents];
