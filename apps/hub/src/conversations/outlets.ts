import { Contacts, type AddressRow, type ConversationRow } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { AddressScheme } from '@claimline/messages';
import type { Outlet } from '../flows/send-reply';
import { HubProblem } from '../http/problem';
import { OpenInboxes, type OpenInbox } from '../inbound/open-inboxes';

/** What the sender asked for. Nothing given: the customer's last channel and the address they used. */
export interface OutletWish {
  readonly channel?: string;
  readonly to?: readonly string[];
  readonly cc?: readonly string[];
}

/** Decides through which of our lines a message leaves and to whom; a pure function of wish, conversation and addresses, shown before sending. */
export class Outlets {
  constructor(
    private readonly inboxes: OpenInboxes,
    private readonly contacts: Contacts,
  ) {}

  /** @throws HubProblem `channel-not-able` or `no-address-for-channel` */
  async choose(queries: Queries, conversation: ConversationRow, wish: OutletWish): Promise<Outlet> {
    const channel = wish.channel ?? conversation.channel;
    const addresses = await this.contacts.addressesOf(queries, conversation.contact_id);
    const inbox = pickInbox(await this.inboxes.all(), conversation, channel, addresses);
    if (!inbox) throw new HubProblem('channel-not-able', { channel });
    const { capabilities } = inbox.kindOf;
    const [first, ...others] = wish.to?.length ? wish.to : defaultRecipient(conversation, inbox, addresses);
    if (!first) throw new HubProblem('no-address-for-channel', { channel });
    if (!capabilities.cc && (others.length > 0 || wish.cc?.length))
      throw new HubProblem('channel-not-able', { channel, why: 'one recipient only' });
    const known = addresses.find((address) => address.value === first);
    if (!known && !['email', 'tel'].some((scheme) => capabilities.schemes.includes(scheme as AddressScheme)))
      throw new HubProblem('no-address-for-channel', { channel });
    return { inboxId: inbox.id, channel, to: { value: first, addressId: known?.id ?? null }, cc: [...others, ...(wish.cc ?? [])] };
  }

  /** A text longer than the channel takes is refused, never cut. */
  async refuseTooLong(outlet: Outlet, text: string): Promise<void> {
    const limit = (await this.inboxes.find(outlet.inboxId))?.kindOf.capabilities.maxText ?? Infinity;
    if ([...text].length > limit)
      throw new HubProblem('invalid', { limit }, [{ path: 'text', problem: `${outlet.channel} takes at most ${limit} characters` }]);
  }
}

/** The line by which the customer wrote, else the first active one of that kind and brand that reaches one of their addresses. */
export function pickInbox(
  inboxes: readonly OpenInbox[],
  conversation: ConversationRow,
  channel: string,
  addresses: readonly AddressRow[],
): OpenInbox | undefined {
  const able = inboxes.filter((inbox) => inbox.kind === channel && inbox.brandId === conversation.brand_id);
  return (
    able.find((inbox) => inbox.id === conversation.inbox_id) ??
    able.find((inbox) => addresses.some((address) => reaches(inbox, address))) ??
    able[0]
  );
}

/** Whether a line reaches an address: by its scheme, and within the line's own scope where the scheme has one. */
export function reaches(inbox: OpenInbox, address: Pick<AddressRow, 'scheme' | 'scope'>): boolean {
  return (
    inbox.kindOf.capabilities.schemes.includes(address.scheme as AddressScheme) && (address.scope === '' || address.scope === inbox.address)
  );
}

function defaultRecipient(conversation: ConversationRow, inbox: OpenInbox, addresses: readonly AddressRow[]): string[] {
  const reachable = addresses.filter((address) => reaches(inbox, address));
  const used = reachable.find((address) => address.id === conversation.address_id);
  const best = used ?? reachable.find((address) => address.unusable === null) ?? reachable[0];
  return best ? [best.value] : [];
}
