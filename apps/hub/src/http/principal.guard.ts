import type { CanActivate, ExecutionContext } from '@nestjs/common';
import type { Reflector } from '@nestjs/core';
import { DESK_ROLES, type Role } from '@claimline/protocol';
import { HubProblem } from './problem';
import { Authenticator, ROLES_KEY, SESSION_COOKIE, type Principal, type SignedRequest } from './principal';
import { DEMO_ROUTES, OWN_ROUTES, PUBLIC_ROUTES } from './public-routes';

const PUBLIC = new Set([...PUBLIC_ROUTES, ...DEMO_ROUTES]);
const PEOPLE: readonly Role[] = [...DESK_ROLES, 'auditor'];
const READING = new Set(['GET', 'HEAD']);

/** Lets nobody pass who is not known, and nobody do what their role may not. */
export class PrincipalGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly authenticator: Authenticator,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    if (context.getType() !== 'http') return true;
    const request = context.switchToHttp().getRequest<SignedRequest>();
    const route = request.routeOptions.url ?? '';
    if (isPublic(request.method, route)) return true;
    const principal = await this.identify(request);
    if (!principal) throw new HubProblem('not-signed-in');
    const roles = this.reflector.getAllAndOverride<Role[] | undefined>(ROLES_KEY, [context.getHandler(), context.getClass()]) ?? PEOPLE;
    const isWrite = !READING.has(request.method) && !OWN_ROUTES.includes(`${request.method} ${route}`);
    if (!roles.includes(principal.role) || (principal.role === 'auditor' && isWrite)) throw new HubProblem('not-allowed');
    request.principal = principal;
    return true;
  }

  private async identify(request: SignedRequest): Promise<Principal | undefined> {
    const bearer = /^Bearer (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
    if (bearer) return this.authenticator.byApiKey(bearer);
    const cookie = request.cookies[SESSION_COOKIE];
    return cookie ? this.authenticator.bySession(cookie) : undefined;
  }
}

const isPublic = (method: string, route: string): boolean =>
  PUBLIC.has(`${method === 'HEAD' ? 'GET' : method} ${route}`) || PUBLIC.has(`ALL ${route}`);
