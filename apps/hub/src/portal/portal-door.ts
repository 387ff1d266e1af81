import { linkState, PortalGrants, SecureLinks, type PortalGrant, type SecureLink } from '@claimline/conversations';
import type { Clock, Database } from '@claimline/database';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Config } from '../config';
import { HubProblem } from '../http/problem';
import type { RateLimits } from '../http/rate-limits';
import { OPENINGS, WRITES } from './portal-limits';

/** The cookie of somebody who has typed a right code. It is sent to the portal's routes alone. */
export const PORTAL_COOKIE = 'claimline_portal';

const READING = new Set(['GET', 'HEAD']);

interface Parts {
  readonly database: Database;
  readonly links: SecureLinks;
  readonly grants: PortalGrants;
  readonly limits: RateLimits;
  readonly clock: Clock;
  readonly config: Config;
}

/** Lets customers in: by the token of their link, and further in by the code they typed. Every route of a portal page asks here first. */
export class PortalDoor {
  constructor(private readonly parts: Parts) {}

  /** The link that a page was opened with, while it may be. @throws HubProblem `link-wrong`, `link-expired`, `link-used`, `too-many-requests` */
  async open(request: FastifyRequest, purpose: string, token: string): Promise<SecureLink> {
    const link = await this.find(request, purpose, token);
    const at = this.parts.clock.now();
    const state = linkState(link, at);
    if (state !== 'open') throw new HubProblem(state === 'used' ? 'link-used' : 'link-expired');
    await this.parts.links.open(this.parts.database, token, at);
    return link;
  }

  /** The link whatever has become of it: for the page that says so. @throws HubProblem `link-wrong` */
  async find(request: FastifyRequest, purpose: string, token: string): Promise<SecureLink> {
    await this.parts.limits.use(READING.has(request.method) ? OPENINGS : WRITES, request.ip);
    const link = await this.parts.links.find(this.parts.database, token);
    if (link?.purpose !== purpose) throw new HubProblem('link-wrong');
    return link;
  }

  /** Who is there, for a page that shows something sensitive. @throws HubProblem `step-up-needed` */
  async stepUp(request: FastifyRequest, link: SecureLink): Promise<PortalGrant> {
    const grant = await this.grant(request);
    if (grant?.linkId !== link.id) throw new HubProblem('step-up-needed');
    return grant;
  }

  /** Who has signed in to the portal. @throws HubProblem `not-signed-in` */
  async signedIn(request: FastifyRequest): Promise<PortalGrant> {
    await this.parts.limits.use(READING.has(request.method) ? OPENINGS : WRITES, request.ip);
    const grant = await this.grant(request);
    if (grant?.purpose !== 'portal') throw new HubProblem('not-signed-in');
    return grant;
  }

  async hasPassed(request: FastifyRequest, link: SecureLink): Promise<boolean> {
    return (await this.grant(request))?.linkId === link.id;
  }

  /** Gives the cookie for a while. */
  async letIn(reply: FastifyReply, to: Omit<PortalGrant, 'expiresAt'>): Promise<void> {
    const { database, grants, clock, config } = this.parts;
    const { token } = await database.transaction((tx) => grants.give(tx, to, clock.now()));
    void reply.setCookie(PORTAL_COOKIE, token, {
      httpOnly: true,
      sameSite: 'strict',
      path: '/api/portal',
      secure: config.publicUrl?.startsWith('https:') ?? false,
    });
  }

  async leave(request: FastifyRequest, reply: FastifyReply): Promise<void> {
    const token = request.cookies[PORTAL_COOKIE];
    if (token) await this.parts.grants.end(this.parts.database, token);
    void reply.clearCookie(PORTAL_COOKIE, { path: '/api/portal' });
  }

  private async grant(request: FastifyRequest): Promise<PortalGrant | undefined> {
    const token = request.cookies[PORTAL_COOKIE];
    return token ? this.parts.grants.find(this.parts.database, token, this.parts.clock.now()) : undefined;
  }
}
