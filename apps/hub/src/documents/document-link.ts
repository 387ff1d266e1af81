import { Documents, type DocumentItem } from '@claimline/claims';
import { SecureLinks } from '@claimline/conversations';
import type { Transaction } from '@claimline/database';
import { spokenLanguage } from '@claimline/messages';
import { recipientOf, type NoticeSituation } from '@claimline/notifications';
import { PortalAddress } from '../portal/portal-address';
import { documentWords } from './document-texts';

// A hospital takes its time; the page stays usable as long as reminders go out, and a while longer.
const LINK_MS = 30 * 24 * 3_600_000;

/** Makes what a message about documents says: the words, and the link to the page of whoever is told. */
export class DocumentLink {
  constructor(
    private readonly documents: Documents,
    private readonly links: SecureLinks,
    private readonly address: PortalAddress,
  ) {}

  /** The words for a party; without a link where nobody can be told. */
  async wordsFor(tx: Transaction, situation: NoticeSituation, items: readonly DocumentItem[], at: Date): Promise<Record<string, string>> {
    const to = recipientOf({ money: false }, situation);
    const person = 'person' in to ? to.person : undefined;
    const language = spokenLanguage(person?.language ?? to.party?.language, situation.brand.defaultLanguage);
    const words = documentWords(items, await this.documents.book(tx), language);
    if (!person) return words;
    const { token } = await this.links.create(
      tx,
      {
        purpose: 'documents',
        contactId: person.contactId,
        claimNumber: situation.claim.number,
        conversationId: null,
        addressId: null,
        subject: to.party?.id ?? null,
        singleUse: false,
        expiresAt: new Date(at.getTime() + LINK_MS),
      },
      at,
    );
    return { ...words, portalUrl: this.address.portalUrl('documents', token) };
  }
}
