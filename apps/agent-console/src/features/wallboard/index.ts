/** Placeholder until the page is here. */
export const WallboardPage = () => null;
