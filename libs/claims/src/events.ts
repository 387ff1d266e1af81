/** What can happen in this room, by name. An event holds ids and codes, never words or addresses; fields may be added, never changed. */
export interface ClaimEvents {
  'claim.changed': {
    claimNumber: string;
    version: number;
    stage: string;
    previousStage: string | null;
    /** The exposure that moved; null: the claim as a whole. */
    exposureId: string | null;
    claimEventId: string;
    handlerChanged: boolean;
    claimId: string;
    subStatus: string | null;
    previousSubStatus: string | null;
    /** False: something else of the claim is new. */
    stageChanged: boolean;
    /** Somebody else handled it before. */
    handlerReplaced: boolean;
    /** The account that handles it now, where there is one. */
    handlerId: string | null;
    /** When the claim core says that it happened, ISO. */
    occurredAt: string;
  };
  /** Something was written down for the claim core; `type` as the claim core hears it. */
  'claim-core.published': { eventId: string; type: string };
  /** A payee has chosen where the money goes; what was typed is sealed and fetched by the choice's id. */
  'payee.chosen': { claimNumber: string; choiceId: string; contactId: string; method: string };
  /** Somebody speaks for a party now, or no longer does. */
  'claim.represented': { claimNumber: string };
  /** A first notice of loss was begun, filled, submitted, put away, or has become a claim. */
  'report.changed': { reportId: string; state: string };
  /** An item of a checklist stands elsewhere, or a file was suggested for it. `actorId`: who did it; null: the customer or the hub. */
  'document.changed': {
    claimId: string;
    claimNumber: string;
    itemId: string;
    code: string;
    state: string;
    previous: string;
    actorId: string | null;
  };
  /** A request for documents has left, or could not be told to anybody. */
  'document.requested': { claimId: string; requestId: string; state: string };
  /** An event that brings many claims was entered or changed, or claims got or lost its tag. */
  'catastrophe.changed': { catastropheId: string; change: string };
  /** The acknowledgement of a surge was switched. */
  'surge.changed': { on: boolean };
  'claim.event-refused': { claimNumber: string; claimEventId: string; outcome: string };
}

/** One event of this room, as it is written into the outbox. */
export type ClaimEvent = {
  [Type in keyof ClaimEvents]: { readonly type: Type; readonly conversationId: string | null; readonly payload: ClaimEvents[Type] };
}[keyof ClaimEvents];
