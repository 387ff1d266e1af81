/** Placeholder until the inbox is here. */
export const InboxPage = () => null;
