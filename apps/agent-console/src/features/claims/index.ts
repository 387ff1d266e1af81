/** Placeholder until the claims pages are here. */
export const ClaimsPage = () => null;
/** Placeholder until the claims pages are here. */
export const ClaimPage = () => null;
