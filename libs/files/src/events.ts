/** What can happen in this room, by name. An event holds ids and codes, never words or addresses; fields may be added, never changed. */
export interface FileEvents {
  'attachment.changed': { messageId: string; attachmentId: string; state: string };
}

/** One event of this room, as it is written into the outbox. */
export type FileEvent = {
  [Type in keyof FileEvents]: { readonly type: Type; readonly conversationId: string | null; readonly payload: FileEvents[Type] };
}[keyof FileEvents];
