import type { RateLimit } from '../http/rate-limits';

/** A household, an office or a phone network behind one address may open many pages, but nobody opens two a second. */
export const OPENINGS: RateLimit = { name: 'visitor-connect', perWindow: 120, windowSeconds: 60 };
/** New visitors cost rows: an address that makes hundreds an hour is a script. */
export const NEW_VISITORS: RateLimit = { name: 'visitor-new', perWindow: 200, windowSeconds: 3600 };
/** Faster than anybody types. */
export const MESSAGES: RateLimit = { name: 'visitor-send', perWindow: 30, windowSeconds: 60 };
/** A claim with a whole album of photographs in ten minutes. */
export const UPLOADS: RateLimit = { name: 'visitor-file', perWindow: 40, windowSeconds: 600 };

/** Tabs of one browser that may be open at once, at one replica. */
export const SOCKETS_PER_VISITOR = 8;
/** Sockets from one network address, at one replica. */
export const SOCKETS_PER_ADDRESS = 100;
/** Frames of one socket in {@link BURST_MS}: typing and reading included, far more than the widget ever sends. */
export const BURST = 60;
export const BURST_MS = 10_000;
