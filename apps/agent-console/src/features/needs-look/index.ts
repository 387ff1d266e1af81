/** Placeholder until the page is here. */
export const NeedsLookPage = () => null;
