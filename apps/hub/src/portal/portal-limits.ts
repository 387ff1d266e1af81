import type { RateLimit } from '../http/rate-limits';

/** Reading the page of a link, from one network address: a family behind one router opens several. */
export const OPENINGS: RateLimit = { name: 'portal-open', perWindow: 120, windowSeconds: 60 };
/** Writing on such a page: uploads, answers, choices. */
export const WRITES: RateLimit = { name: 'portal-write', perWindow: 60, windowSeconds: 60 };
/** Files through one link: a thick file of photographs in a day, and no more of our disk than that. */
export const UPLOADS: RateLimit = { name: 'portal-upload', perWindow: 200, windowSeconds: 86_400 };
/** Asking for codes, from one network address over all customers. */
export const CODES: RateLimit = { name: 'portal-code', perWindow: 20, windowSeconds: 600 };
/** Asking for codes to one typed address, known or not, so that both are refused alike. */
export const CODES_TO_ONE: RateLimit = { name: 'portal-code-to', perWindow: 3, windowSeconds: 900 };
/** Typing codes, from one network address. */
export const CHECKS: RateLimit = { name: 'portal-check', perWindow: 60, windowSeconds: 600 };
/** Typing codes for one typed address, known or not. */
export const CHECKS_OF_ONE: RateLimit = { name: 'portal-check-of', perWindow: 10, windowSeconds: 900 };
