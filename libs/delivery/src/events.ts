/** What can happen in this room, by name. An event holds ids and codes, never words or addresses; fields may be added, never changed. */
export interface DeliveryEvents {
  'delivery.changed': {
    messageId: string;
    deliveryId: string;
    state: string;
    /** The state before; left out where it is the first that is told of it. */
    was?: string;
    /** Another attempt for the same recipient, or another way, came before this one. */
    again?: boolean;
    reason: string | null;
    purpose: string;
    channel: string;
    inboxId: string;
    /** The hub is at the end of what it may do by itself: an uncertain send that nobody answers for, or an answer that did not reach the customer. */
    needsPerson: boolean;
  };
  /** The configuration is wrong: nothing leaves until an administrator has mended it. */
  'inbox.stopped': { inboxId: string; reason: string };
  /** The vendor does not answer: deliveries wait, and one of them tries again now and then. */
  'inbox.unreachable': { inboxId: string; until: string };
  'inbox.recovered': { inboxId: string };
}

/** One event of this room, as it is written into the outbox. */
export type DeliveryEvent = {
  [Type in keyof DeliveryEvents]: { readonly type: Type; readonly conversationId: string | null; readonly payload: DeliveryEvents[Type] };
}[keyof DeliveryEvents];
