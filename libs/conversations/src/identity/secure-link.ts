/** What a link is for: the page that it opens. */
export const LINK_PURPOSES = ['bind', 'documents', 'payee', 'survey', 'preferences', 'appointment'] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** A link to one page for one customer, as the holder of its token opens it. */
export interface SecureLink {
  readonly id: string;
  readonly purpose: LinkPurpose;
  readonly contactId: string;
  readonly claimNumber: string | null;
  readonly conversationId: string | null;
  /** The address that it was sent to. */
  readonly addressId: string | null;
  /** What it is about, by the purpose's own id (a draft, a request); never words. */
  readonly subject: string | null;
  readonly singleUse: boolean;
  readonly createdAt: Date;
  readonly expiresAt: Date;
  readonly spentAt: Date | null;
}

/** What a link is to be for. */
export type NewLink = Omit<SecureLink, 'id' | 'createdAt' | 'spentAt'>;

/** Whether a link still opens its page, and if not, why. */
export type LinkState = 'open' | 'expired' | 'used';

/** A link that was used stays *used* after its expiry: that is the answer that helps whoever comes back to it. */
export function linkState(link: Pick<SecureLink, 'singleUse' | 'spentAt' | 'expiresAt'>, at: Date): LinkState {
  if (link.singleUse && link.spentAt) return 'used';
  return link.expiresAt <= at ? 'expired' : 'open';
}
