import type { ContactKind } from '../contact/contacts.repository';

/** An open conversation of the sender. */
export interface OpenConversation {
  readonly id: string;
  readonly claimId: string | null;
}

/** What is known about a message's place before it is placed. */
export interface PlacingFacts {
  /** The conversation that the message answers (signed token or known reference), if there is one. */
  readonly answered?: { readonly id: string; readonly status: 'open' | 'snoozed' | 'resolved'; readonly resolvedAt: Date | null };
  /** The one claim whose number is written in the message and of which the sender is a party. */
  readonly namedClaimId?: string;
  readonly contactKind: ContactKind;
  readonly open: readonly OpenConversation[];
}

/** Where a message goes. `linked` is a new conversation that remembers the old one. */
export type Place =
  | { readonly to: 'existing'; readonly id: string; readonly why: 'reply' | 'claim' | 'only-open' | 'unbound' }
  | {
      readonly to: 'new';
      readonly claimId: string | null;
      readonly linkedFrom: string | null;
      readonly why: 'reply' | 'claim' | 'first' | 'to-file';
    };

const REOPENS_FOR_MS = 30 * 24 * 3_600_000;

/**
 * Reply reference (reopens within thirty days, else a new linked conversation) → the claim named in the text of a party → the contact's only
 * open one → the open unbound one, made if missing. Organisations and gateways write for many: after the first two rules their mail is never guessed
 * into a claim, it stays unbound, to be filed by a person.
 */
export function whichConversation(facts: PlacingFacts, now: Date): Place {
  return byReply(facts, now) ?? byNamedClaim(facts) ?? byContact(facts);
}

function byReply({ answered }: PlacingFacts, now: Date): Place | undefined {
  if (!answered) return undefined;
  const closed = answered.status === 'resolved' && answered.resolvedAt !== null;
  if (closed && now.getTime() - answered.resolvedAt.getTime() > REOPENS_FOR_MS)
    return { to: 'new', claimId: null, linkedFrom: answered.id, why: 'reply' };
  return { to: 'existing', id: answered.id, why: 'reply' };
}

function byNamedClaim({ namedClaimId, open }: PlacingFacts): Place | undefined {
  if (!namedClaimId) return undefined;
  const bound = open.find((conversation) => conversation.claimId === namedClaimId);
  return bound ? { to: 'existing', id: bound.id, why: 'claim' } : { to: 'new', claimId: namedClaimId, linkedFrom: null, why: 'claim' };
}

function byContact({ contactKind, open }: PlacingFacts): Place {
  const unbound = open.find((conversation) => conversation.claimId === null);
  if (contactKind === 'organisation' || contactKind === 'gateway') {
    return unbound ? { to: 'existing', id: unbound.id, why: 'unbound' } : { to: 'new', claimId: null, linkedFrom: null, why: 'to-file' };
  }
  if (open.length === 1) return { to: 'existing', id: open[0]!.id, why: 'only-open' };
  return unbound ? { to: 'existing', id: unbound.id, why: 'unbound' } : { to: 'new', claimId: null, linkedFrom: null, why: 'first' };
}
