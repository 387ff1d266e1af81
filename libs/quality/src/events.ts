/** Whose promise it is, and about which claim. */
interface PromiseOf {
  readonly promiseId: string;
  readonly ownerId: string | null;
  readonly claimNumber?: string;
}

/** What can happen in this room, by name. An event holds ids and codes, never words or addresses; fields may be added, never changed. */
export interface QualityEvents {
  'clock.started': { clockId: string; policy: string; deadline: string };
  'clock.warned': { clockId: string; policy: string };
  'clock.breached': { clockId: string; policy: string };
  'clock.met': { clockId: string; policy: string };
  'clock.canceled': { clockId: string; policy: string; cause: string };
  'clock.paused': { clockId: string; policy: string; evidence: string };
  'clock.resumed': { clockId: string; policy: string; deadline: string };
  'clock.extended': { clockId: string; policy: string; deadline: string };
  'task.created': { taskId: string; kind: string; ownerId: string | null };
  'task.owned': { taskId: string; ownerId: string | null };
  'task.closed': { taskId: string; outcome: string };
  'promise.made': PromiseOf;
  'promise.kept': PromiseOf;
  'promise.canceled': PromiseOf;
  /** Its time has passed and nobody has said that it was done. */
  'promise.breached': PromiseOf;
  /** Somebody was asked, was not asked, answered a question, or left. */
  'survey.changed': { invitationId: string; claimNumber: string; state: string };
  'complaint.opened': { complaintId: string; source: string };
  'complaint.changed': { complaintId: string; state: string; act: string };
  'complaint.closed': { complaintId: string; category: string | null; rootCause: string | null };
}

/** One event of this room, as it is written into the outbox. */
export type QualityEvent = {
  [Type in keyof QualityEvents]: { readonly type: Type; readonly conversationId: string | null; readonly payload: QualityEvents[Type] };
}[keyof QualityEvents];
