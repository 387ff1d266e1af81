import { ClaimCoreLine, PayeeChoices, type PayeeChoice, type PayeeDetails } from '@claimline/claims';
import { Conversations, mayChoosePayee, SecureLinks, type SecureLink } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import { Tasks } from '@claimline/quality';
import { DirectWays } from '../portal/direct-way';
import type { PortalWelcomeView } from '../views/portal-welcome.view';
import { SendAutomatic } from './send-automatic';

interface Parts {
  readonly links: SecureLinks;
  readonly choices: PayeeChoices;
  readonly core: ClaimCoreLine;
  readonly conversations: Conversations;
  readonly welcome: PortalWelcomeView;
  readonly ways: DirectWays;
  readonly automatic: SendAutomatic;
  readonly tasks: Tasks;
  readonly outbox: Outbox;
}

/** A payee has chosen where the money goes: kept sealed, told to the claim core by its id, and every older address of theirs hears that it happened. */
export class ChoosePayee {
  constructor(private readonly parts: Parts) {}

  /** Undefined: the link was used by somebody who was faster. */
  async choose(tx: Transaction, link: SecureLink, details: PayeeDetails, at: Date): Promise<PayeeChoice | undefined> {
    const { links, choices, core, outbox } = this.parts;
    const { contactId, claimNumber, conversationId } = link;
    if (claimNumber === null || !(await links.spend(tx, link.id, at))) return undefined;
    const choice = await choices.add(tx, { claimNumber, contactId, linkId: link.id, details }, at);
    const { id: choiceId, method, last4 } = choice;
    await core.publish(tx, { type: 'payee.chosen', subject: claimNumber, data: { claimNumber, choiceId, method, last4 } }, at);
    if (conversationId) await this.tellThread(tx, link, conversationId, at);
    await outbox.append(tx, at, [{ type: 'payee.chosen', conversationId, payload: { claimNumber, choiceId, contactId, method } }]);
    return choice;
  }

  private async tellThread(tx: Transaction, link: SecureLink, conversationId: string, at: Date): Promise<void> {
    const conversation = await this.parts.conversations.lock(tx, conversationId);
    if (!conversation) return;
    await this.parts.tasks.settle(tx, { conversationId, kind: 'payment-failed' }, 'payee-chosen', at);
    // Whoever has taken over one address cannot also silence the others.
    const addresses = (await this.parts.welcome.addressesOf(tx, link.contactId)).filter((one) => !one.shared && mayChoosePayee(one, at));
    for (const { id: addressId } of addresses) {
      const way = await this.parts.ways.to(tx, { contactId: link.contactId, addressId }, conversation.brand_id);
      if (!way) continue;
      await this.parts.automatic.send(tx, conversation, {
        template: 'payee_changed',
        key: `payee-changed:${link.id}:${addressId}`,
        outlet: way.outlet,
        at,
      });
    }
  }
}
