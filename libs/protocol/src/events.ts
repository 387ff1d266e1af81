/**
 * Everything that can happen, by name. An event holds ids and codes, never words or addresses; it is versioned by its shape:
 * a field may be added, never changed. Past tense, `noun.verb`.
 */
export interface HubEvents {
  'message.received': { messageId: string; contactId: string; inboxId: string; kind: string; hasMedia: boolean; newConversation: boolean };
  'message.sent': { messageId: string; authorId: string | null };
  'message.noted': { messageId: string; authorId: string };
  'message.changed': { messageId: string };
  'delivery.changed': { messageId: string; deliveryId: string; state: string; reason: string | null };
  'attachment.changed': { messageId: string; attachmentId: string; state: string };
  'call.changed': { messageId: string; callId: string; phase: string };
  'conversation.opened': { contactId: string };
  'conversation.assigned': { assigneeId: string | null; actorId: string | null; cause: string };
  'conversation.snoozed': { until: string; actorId: string | null };
  'conversation.woken': { cause: string };
  'conversation.resolved': { actorId: string | null };
  'conversation.reopened': { actorId: string | null };
  'conversation.linked': { claimNumber: string | null; partyId: string | null; actorId: string | null; previous: string | null };
  'conversation.labeled': { labels: string[] };
  'contact.changed': { contactId: string };
  'contact.read': { inboxId: string; upTo: string };
  'consent.changed': { addressId: string; channel: string; state: string; source: string };
  'claim.changed': { claimNumber: string; version: number; stage: string; previousStage: string | null; exposureId: string | null; claimEventId: string; handlerChanged: boolean };
  'claim.event-refused': { claimNumber: string; claimEventId: string; outcome: string };
  'notice.planned': { noticeId: string; claimNumber: string; code: string };
  'notice.settled': { noticeId: string; claimNumber: string; state: string; reason: string | null };
  'work.queued': { workItemId: string };
  'work.reserved': { workItemId: string; accountId: string; decisionId: string };
  'work.released': { workItemId: string; accountId: string; cause: string };
  'clock.started': { clockId: string; policy: string; deadline: string };
  'clock.warned': { clockId: string; policy: string };
  'clock.breached': { clockId: string; policy: string };
  'clock.met': { clockId: string; policy: string };
  'task.created': { taskId: string; kind: string; ownerId: string | null };
  'task.closed': { taskId: string; outcome: string };
  'presence.changed': { accountId: string; state: string };
  'absence.changed': { accountId: string; absenceId: string };
  'inbox.stopped': { inboxId: string; reason: string };
  'inbox.recovered': { inboxId: string };
  'needs-look.opened': { itemId: string; reason: string };
  'needs-look.closed': { itemId: string; state: string };
}
export type HubEventType = keyof HubEvents;
/** One event of any type, as writers append it. */
export type HubEvent = { [Type in HubEventType]: { readonly type: Type; readonly payload: HubEvents[Type] } }[HubEventType];
