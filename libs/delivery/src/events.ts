/** What can happen in this room, by name. An event holds ids and codes, never words or addresses; fields may be added, never changed. */
export interface DeliveryEvents {
  'delivery.changed': { messageId: string; deliveryId: string; state: string; reason: string | null };
  'inbox.stopped': { inboxId: string; reason: string };
  'inbox.recovered': { inboxId: string };
}

/** One event of this room, as it is written into the outbox. */
export type DeliveryEvent = {
  [Type in keyof DeliveryEvents]: { readonly type: Type; readonly conversationId: string | null; readonly payload: DeliveryEvents[Type] };
}[keyof DeliveryEvents];
