import {
  codeAlone,
  Contacts,
  Conversations,
  maskedAddress,
  namedHolder,
  Speakers,
  StepUp,
  stepUpAddress,
  Threads,
  type ContactRow,
  type ConversationRow,
} from '@claimline/conversations';
import type { Database, LoggedEvent, Transaction } from '@claimline/database';
import { HubProblem } from '../http/problem';
import type { PortalWelcomeView } from '../views/portal-welcome.view';
import { ManageConversation } from './manage-conversation';
import { SendAutomatic } from './send-automatic';
import { SendCode } from './send-code';

interface Parts {
  readonly database: Database;
  readonly conversations: Conversations;
  readonly contacts: Contacts;
  readonly threads: Threads;
  readonly speakers: Speakers;
  readonly stepUp: StepUp;
  readonly code: SendCode;
  readonly welcome: PortalWelcomeView;
  readonly manage: ManageConversation;
  readonly automatic: SendAutomatic;
}

const purposeOf = (conversationId: string): string => `holder:${conversationId}`;

/** An address with several holders: who is writing is asked once, and found out by a whole name or a code. Until then nobody's claim is told of. */
export class AskWhoWrites {
  readonly name = 'address-speakers';

  constructor(private readonly parts: Parts) {}

  async onMessageReceived(tx: Transaction, event: LoggedEvent): Promise<void> {
    const conversation = await this.parts.conversations.lock(tx, event.conversationId!);
    const addressId = conversation?.address_id;
    if (!conversation || !addressId || conversation.to_file || conversation.status === 'resolved') return;
    const contact = await this.parts.contacts.find(tx, conversation.contact_id);
    if (contact?.kind !== 'shared') return this.parts.speakers.goOn(tx, addressId, event.at);
    const message = await this.parts.threads.find(tx, String(event.payload['messageId']));
    if (!message || message.facts?.['automatic']) return;
    const holders = await this.parts.contacts.holdersOf(tx, addressId);
    const speaker = (await this.byCode(tx, { conversation, holders, text: message.text }, event.at)) ?? namedHolder(message.text, holders);
    if (speaker) return this.bind(tx, conversation, { contactId: speaker.id, addressId }, event.at);
    await this.parts.automatic.send(tx, conversation, {
      template: 'who_is_writing',
      key: `who-is-writing:${conversation.id}`,
      at: event.at,
    });
  }

  /**
   * Sends a code to an address that this holder alone uses; whoever answers it here is them. Returns where it went, masked.
   * @throws HubProblem `invalid` where they do not hold the address, `no-address-for-channel`, `too-many-requests`
   */
  async verify(tx: Transaction, conversation: ConversationRow, contactId: string, at: Date): Promise<{ to: string }> {
    const holders = conversation.address_id ? await this.parts.contacts.holdersOf(tx, conversation.address_id) : [];
    if (!holders.some(({ id }) => id === contactId))
      throw new HubProblem('invalid', {}, [{ path: 'contact', problem: 'does not hold the address of this conversation' }]);
    const address = stepUpAddress(await this.parts.welcome.addressesOf(tx, contactId), conversation.address_id, at);
    if (!address) throw new HubProblem('no-address-for-channel');
    const wish = { contactId, addressId: address.id, purpose: purposeOf(conversation.id), template: 'identity_code' as const };
    const sent = await this.parts.code.send(tx, wish, at);
    if (sent.state === 'no-way') throw new HubProblem('no-address-for-channel');
    if (sent.state === 'wait')
      throw new HubProblem('too-many-requests', {}, undefined, Math.ceil((sent.until.getTime() - at.getTime()) / 1000));
    return { to: maskedAddress(address.scheme, address.value) };
  }

  /** Who has been silent for half an hour no longer speaks from a shared address. */
  sweep(now: Date): Promise<number> {
    return this.parts.speakers.fallSilent(this.parts.database, now);
  }

  private async byCode(
    tx: Transaction,
    { conversation, holders, text }: { conversation: ConversationRow; holders: readonly ContactRow[]; text: string },
    at: Date,
  ): Promise<ContactRow | undefined> {
    const code = codeAlone(text);
    if (!code) return undefined;
    for (const holder of holders) {
      const address = stepUpAddress(await this.parts.welcome.addressesOf(tx, holder.id), conversation.address_id, at);
      if (!address) continue;
      const who = { contactId: holder.id, addressId: address.id, purpose: purposeOf(conversation.id) };
      if ((await this.parts.stepUp.check(tx, { ...who, code }, at)) === 'ok') return holder;
    }
    return undefined;
  }

  // Who has another open thread goes on there with the next message; this one is then put in its place by a person.
  private async bind(
    tx: Transaction,
    conversation: ConversationRow,
    who: { contactId: string; addressId: string },
    at: Date,
  ): Promise<void> {
    const open = await this.parts.conversations.openOf(tx, who.contactId);
    if (open.some(({ claimId }) => claimId === conversation.claim_id))
      return this.parts.speakers.letSpeak(tx, who.addressId, who.contactId, at);
    await this.parts.manage.chooseHolder(tx, conversation, who.contactId, { actorId: null, at });
  }
}
