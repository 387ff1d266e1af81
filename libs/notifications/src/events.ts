/** What can happen in this room, by name. An event holds ids and codes, never words or addresses; fields may be added, never changed. */
export interface NotificationEvents {
  'consent.changed': { addressId: string; channel: string; state: string; source: string };
  'notice.planned': { noticeId: string; claimNumber: string; code: string };
  /** A broadcast was entered, approved, went on or ended. */
  'broadcast.changed': { broadcastId: string; state: string };
  'notice.settled': { noticeId: string; claimNumber: string; code: string; state: string; reason: string | null };
}

/** One event of this room, as it is written into the outbox. */
export type NotificationEvent = {
  [Type in keyof NotificationEvents]: {
    readonly type: Type;
    readonly conversationId: string | null;
    readonly payload: NotificationEvents[Type];
  };
}[keyof NotificationEvents];
