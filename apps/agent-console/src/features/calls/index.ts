/** Placeholder until the page is here. */
export const CallsPage = () => null;
