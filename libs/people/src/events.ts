/** What can happen in this room, by name. An event holds ids and codes, never words or addresses; fields may be added, never changed. */
export interface PeopleEvents {
  'absence.changed': { accountId: string; absenceId: string };
}

/** One event of this room, as it is written into the outbox. */
export type PeopleEvent = {
  [Type in keyof PeopleEvents]: { readonly type: Type; readonly conversationId: string | null; readonly payload: PeopleEvents[Type] };
}[keyof PeopleEvents];
