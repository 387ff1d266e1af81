import { Contacts, Conversations, SecureLinks, type SecureLink } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import { ConsentLedger, PreferencesRepository, textVersionOf } from '@claimline/notifications';
import type { PortalChoices, PortalChoose, PreferencesLinkSent } from '@claimline/protocol';
import { found, HubProblem } from '../http/problem';
import type { PortalAddress } from '../portal/portal-address';
import type { SendAutomatic } from './send-automatic';

// Long enough for somebody who reads mail once a month.
const OPENS_MS = 30 * 24 * 3_600_000;
// As long as they are signed in.
const SOON_MS = 20 * 60_000;

/** What a customer chooses by themselves needs of people and threads. */
export interface Choosing {
  readonly contacts: Contacts;
  readonly conversations: Conversations;
  readonly links: SecureLinks;
  readonly address: PortalAddress;
  readonly automatic: SendAutomatic;
}

/** What a customer chose on the page, and what it offered them. */
interface Choice {
  readonly chosen: PortalChoose;
  readonly offered: PortalChoices;
}

/** Customers say by themselves how they want to be written to: the page, and the link to it. */
export class ChoosePreferences {
  constructor(
    private readonly rows: Choosing,
    private readonly preferences: PreferencesRepository,
    private readonly ledger: ConsentLedger,
    private readonly outbox: Outbox,
  ) {}

  /** Sends the link to where the customer last wrote. @throws HubProblem `not-found` without a conversation, `no-address-for-channel` without a way */
  async sendLink(tx: Transaction, conversationId: string, at: Date): Promise<PreferencesLinkSent> {
    const conversation = found(await this.rows.conversations.lock(tx, conversationId));
    const { token, id } = await this.rows.links.create(
      tx,
      {
        purpose: 'preferences',
        contactId: conversation.contact_id,
        claimNumber: null,
        conversationId: conversation.id,
        addressId: conversation.address_id,
        subject: null,
        singleUse: false,
        expiresAt: new Date(at.getTime() + OPENS_MS),
      },
      at,
    );
    const words = { portalUrl: this.rows.address.portalUrl('preferences', token) };
    const sent = await this.rows.automatic.send(tx, conversation, { template: 'preferences_link', key: `preferences:${id}`, words, at });
    if (!sent) throw new HubProblem('no-address-for-channel', { channel: conversation.channel });
    return { conversation: conversation.id, message: sent.id };
  }

  /** The page of somebody who has just proved who they are: nothing is sent, and it closes soon. Answers with its path. */
  async openPage(tx: Transaction, contactId: string, at: Date): Promise<string> {
    const link = {
      purpose: 'preferences',
      claimNumber: null,
      conversationId: null,
      addressId: null,
      subject: null,
      singleUse: false,
    } as const;
    const expiresAt = new Date(at.getTime() + SOON_MS);
    const { token } = await this.rows.links.create(tx, { ...link, contactId, expiresAt }, at);
    return new URL(this.rows.address.portalUrl('preferences', token)).pathname;
  }

  /** Takes what was chosen; `offered` is what the page could show this customer. */
  async choose(tx: Transaction, link: SecureLink, { chosen, offered }: Choice, at: Date): Promise<void> {
    const { contactId } = link;
    if (chosen.language) await this.rows.contacts.chooseLanguage(tx, contactId, chosen.language);
    if (chosen.favourites || chosen.hours) {
      const hours = chosen.hours ?? offered.hours;
      const quiet = { anyHour: hours.anyHour, from: hours.quietFrom, to: hours.quietTo };
      await this.preferences.set(tx, contactId, { channels: chosen.favourites ?? offered.favourites, quiet }, at);
    }
    for (const consent of chosen.consents ?? []) await this.consent(tx, link, consent, { chosen, offered });
    await this.outbox.append(tx, at, [{ type: 'contact.changed', conversationId: null, payload: { contactId } }]);
  }

  private async consent(
    tx: Transaction,
    link: SecureLink,
    { address: addressId, ...consent }: NonNullable<PortalChoose['consents']>[number],
    { chosen, offered }: Choice,
  ): Promise<void> {
    const isOffered = offered.ways.some(
      (way) =>
        way.address === addressId && way.channel === consent.channel && way.purposes.some(({ purpose }) => purpose === consent.purpose),
    );
    if (!isOffered) throw new HubProblem('not-found');
    const version = textVersionOf(consent.purpose);
    if (consent.state === 'granted' && version !== null && chosen.electronicVersion !== version)
      throw new HubProblem('invalid', {}, [{ path: 'electronicVersion', problem: 'another wording is in force' }]);
    await this.ledger.note(tx, { ...consent, addressId, source: 'portal', evidence: { link: link.id } });
  }
}
