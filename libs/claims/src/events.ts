/** What can happen in this room, by name. An event holds ids and codes, never words or addresses; fields may be added, never changed. */
export interface ClaimEvents {
  'claim.changed': { claimNumber: string; version: number; stage: string; previousStage: string | null; exposureId: string | null; claimEventId: string; handlerChanged: boolean };
  'claim.event-refused': { claimNumber: string; claimEventId: string; outcome: string };
}

/** One event of this room, as it is written into the outbox. */
export type ClaimEvent = {
  [Type in keyof ClaimEvents]: { readonly type: Type; readonly conversationId: string | null; readonly payload: ClaimEvents[Type] };
}[keyof ClaimEvents];
