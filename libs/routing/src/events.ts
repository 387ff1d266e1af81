/** What can happen in this room, by name. An event holds ids and codes, never words or addresses; fields may be added, never changed. */
export interface RoutingEvents {
  'work.queued': { workItemId: string };
  'work.reserved': { workItemId: string; accountId: string; decisionId: string };
  'work.released': { workItemId: string; accountId: string; cause: string };
  'presence.changed': { accountId: string; state: string };
}

/** One event of this room, as it is written into the outbox. */
export type RoutingEvent = {
  [Type in keyof RoutingEvents]: { readonly type: Type; readonly conversationId: string | null; readonly payload: RoutingEvents[Type] };
}[keyof RoutingEvents];
