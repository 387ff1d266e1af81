import type { NoticeRule } from './rules';
import type { NoticeClaim, NoticeParty, NoticePerson, NoticeSituation } from './situation';

/** Whom a notice is about and who gets it; they differ where somebody is represented. */
export type Recipient =
  | { readonly party: NoticeParty; readonly person: NoticePerson; readonly representing: string | null }
  | { readonly party: NoticeParty | null; readonly reason: 'no-party' | 'ambiguous' | 'represented' | 'deceased' | 'no-address' };

const OWNERS = ['policyholder', 'insured', 'reporter'];
const SPOKESMEN = ['attorney', 'lawyer', 'representative', 'agent', 'broker'];

/**
 * The party that a change concerns: the exposure's own; for the claim as a whole the policyholder. Money is never guessed: when several people
 * claim, and the event does not say whose it is, only an owner who claims something himself is meant.
 */
function partyOf(claim: NoticeClaim, exposureId: string | null, money: boolean): NoticeParty | 'no-party' | 'ambiguous' {
  const byId = (id: string | null): NoticeParty | undefined => claim.parties.find((party) => party.id === id);
  if (exposureId !== null) return byId(claim.exposures.find(({ id }) => id === exposureId)?.partyId ?? null) ?? 'no-party';
  const owner = OWNERS.map((role) => claim.parties.find((party) => party.role === role)).find(Boolean);
  const claiming = [...new Set(claim.exposures.map(({ partyId }) => partyId))];
  if (money && claiming.length > 0) {
    if (claiming.length === 1) return byId(claiming[0]!) ?? 'no-party';
    return owner && claiming.includes(owner.id) ? owner : 'ambiguous';
  }
  const others = claim.parties.filter((party) => !SPOKESMEN.includes(party.role));
  return owner ?? (others.length === 1 ? others[0]! : others.length === 0 ? 'no-party' : 'ambiguous');
}

/** Who is told. A represented party is never written to: the one who acts for it is, or nobody; death stops everything. */
export function recipientOf(rule: Pick<NoticeRule, 'money'>, { claim, change, people }: NoticeSituation): Recipient {
  const party = claim.parties.find(({ id }) => id === change.partyId) ?? partyOf(claim, change.exposureId, rule.money);
  if (typeof party === 'string') return { party: null, reason: party };
  const own = party.contactId === null ? undefined : people.get(party.contactId);
  if (own?.deceased) return { party, reason: 'deceased' };
  if (party.representedBy === null) return own ? { party, person: own, representing: null } : { party, reason: 'no-address' };
  const spokesman = claim.parties.find(({ id }) => id === party.representedBy);
  const person = spokesman?.contactId ? people.get(spokesman.contactId) : undefined;
  return person && !person.deceased && person.addresses.length > 0
    ? { party, person, representing: party.id }
    : { party, reason: 'represented' };
}
