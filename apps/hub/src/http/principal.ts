import '@fastify/cookie';
import { createParamDecorator, SetMetadata, type ExecutionContext } from '@nestjs/common';
import type { Role } from '@claimline/protocol';
import type { FastifyRequest } from 'fastify';

/** Who asks: a signed-in person, or a program with a key. */
export interface Principal {
  readonly kind: 'account' | 'api-key';
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** Brands this person works for; empty means all. */
  readonly brandIds: readonly string[];
  /** Restricted groups (special investigations, litigation …) that this person belongs to. */
  readonly groups: readonly string[];
}

/** Finds out who asks. Bound by the people module. */
export abstract class Authenticator {
  abstract bySession(token: string): Promise<Principal | undefined>;
  abstract byApiKey(key: string): Promise<Principal | undefined>;
}

/** A request after the guard has seen it. */
export type SignedRequest = FastifyRequest & { principal?: Principal };

export const SESSION_COOKIE = 'claimline_session';

/** The principal behind the request. Only behind the guard: it is always there. */
export const CurrentPrincipal = createParamDecorator((_: unknown, context: ExecutionContext): Principal => {
  const { principal } = context.switchToHttp().getRequest<SignedRequest>();
  if (!principal) throw new Error('CurrentPrincipal is used on a public route');
  return principal;
});

export const ROLES_KEY = 'roles';
/** Restricts a route to these roles. Without it: everybody signed in but integrations; an auditor only reads. */
export const Roles = (...roles: Role[]): MethodDecorator & ClassDecorator => SetMetadata(ROLES_KEY, roles);
