/** Placeholder until the bar is here. */
export const CommandBar = () => null;
