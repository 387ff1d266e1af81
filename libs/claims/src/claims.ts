import type { Queries, Transaction } from '@claimline/database';
import type { ClaimMirror } from './claim';
import type { ClaimRepository } from './claim.repository';

/** What others ask of claims. */
export class Claims {
  constructor(private readonly repository: ClaimRepository) {}

  find(queries: Queries, number: string): Promise<ClaimMirror | undefined> {
    return this.repository.findByNumber(queries, number);
  }

  /** @throws Error when there is no such claim. */
  async get(queries: Queries, number: string): Promise<ClaimMirror> {
    const claim = await this.find(queries, number);
    if (!claim) throw new Error(`there is no claim ${number}`);
    return claim;
  }

  /** Says which contacts the parties are, once the conversations room knows them. */
  bindContacts(tx: Transaction, bound: readonly { readonly partyId: string; readonly contactId: string }[]): Promise<void> {
    return this.repository.bindContacts(tx, bound);
  }

  /** An account has come that the claim core knows by this id: it owns the claims from now on. Answers with their numbers. */
  bindHandler(tx: Transaction, externalId: string, accountId: string): Promise<string[]> {
    return this.repository.bindHandler(tx, externalId, accountId);
  }
}

/**
 * Flags of the claim core that close a claim to all but the group of that name. Special investigation is an overlay that changes nobody's view,
 * owner, route or notice (corrections.md §4), so it is not among them; a represented party does not close a claim either.
 */
export const RESTRICTING_FLAGS = ['restricted', 'litigation', 'employee'] as const;

/** Whether somebody of these groups may see a claim with these flags. */
export function maySeeClaim(flags: readonly string[], groups: readonly string[]): boolean {
  return RESTRICTING_FLAGS.every((flag) => !flags.includes(flag) || groups.includes(flag));
}
