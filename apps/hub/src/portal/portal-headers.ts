import type { FastifyReply } from 'fastify';

// A page that a token opens tells nobody where it is, loads from us alone and is framed by nobody.
const POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "frame-ancestors 'none'",
].join('; ');

/** Whether a path belongs to the customers' pages or their routes. */
export const isPortal = (url: string): boolean => /^\/(api\/)?portal(\/|$|\?)/.test(url);

/** The headers of everything below `/portal` and `/api/portal`: nothing is kept, and the address of the page goes nowhere. */
export function portalHeaders(reply: FastifyReply): void {
  void reply
    .header('cache-control', 'no-store')
    .header('referrer-policy', 'no-referrer')
    .header('content-security-policy', POLICY)
    .header('x-robots-tag', 'noindex');
}
