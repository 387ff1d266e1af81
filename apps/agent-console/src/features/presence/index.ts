/** Placeholder until the menu is here. */
export const PresenceMenu = () => null;
