import { Contacts, type AddressRow, type ConversationRow } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { AddressScheme } from '@claimline/messages';
import { withoutRegulators } from '@claimline/quality';
import type { HandlingRules } from '../complaints/handling-rules';
import type { Outlet } from '../flows/send-reply';
import { HubProblem } from '../http/problem';
import { OpenInboxes, type OpenInbox } from '../inbound/open-inboxes';
import { typedRecipient } from './typed-recipient';

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
    private readonly rules: HandlingRules,
  ) {}

  /** @throws HubProblem `channel-not-able`, `no-address-for-channel`, or `invalid` where a typed recipient is none */
  async choose(queries: Queries, conversation: ConversationRow, wish: OutletWish): Promise<Outlet> {
    const addresses = await this.contacts.addressesOf(queries, conversation.contact_id);
    const inboxes = await this.inboxes.all();
    const channel = wish.channel ?? writingChannel(inboxes, conversation, addresses);
    const inbox = pickInbox(inboxes, conversation, channel, addresses);
    if (!inbox || inbox.kindOf.capabilities.calls) throw new HubProblem('channel-not-able', { channel });
    const { capabilities } = inbox.kindOf;
    if (!capabilities.cc && ((wish.to?.length ?? 0) > 1 || wish.cc?.length))
      throw new HubProblem('channel-not-able', { channel, why: 'one recipient only' });
    const typed = (words: readonly string[] | undefined, path: string): string[] =>
      (words ?? []).map((one) => typedRecipient(inbox, one, path, addresses));
    const cc = typed(wish.cc, 'cc');
    const [first, ...others] = wish.to?.length
      ? typed(wish.to, 'to')
      : await this.byDefault(queries, defaultRecipient(conversation, inbox, addresses));
    if (!first) throw new HubProblem('no-address-for-channel', { channel });
    const known = addresses.find((address) => address.value === first);
    if (!known && !['email', 'tel'].some((scheme) => capabilities.schemes.includes(scheme as AddressScheme)))
      throw new HubProblem('no-address-for-channel', { channel });
    return { inboxId: inbox.id, channel, to: { value: first, addressId: known?.id ?? null }, cc: [...others, ...cc] };
  }

  /**
   * The phone line by which a call leaves and the number that it rings.
   * @throws HubProblem `no-phone-line` where the brand has none, `no-address-for-channel` where no number is known, `invalid` where none was typed
   */
  async forCall(queries: Queries, conversation: ConversationRow, to: string | undefined): Promise<Outlet> {
    const addresses = await this.contacts.addressesOf(queries, conversation.contact_id);
    const lines = (await this.inboxes.all()).filter((inbox) => inbox.kindOf.capabilities.calls && inbox.state === 'active');
    const line = lines.filter((inbox) => inbox.brandId === conversation.brand_id).sort(usedFirst(conversation))[0];
    if (!line) throw new HubProblem('no-phone-line');
    const number = to === undefined ? defaultRecipient(conversation, line, addresses)[0] : typedRecipient(line, to, 'to', addresses);
    if (!number) throw new HubProblem('no-address-for-channel', { channel: line.kind });
    const known = addresses.find((address) => address.value === number);
    return { inboxId: line.id, channel: line.kind, to: { value: number, addressId: known?.id ?? null }, cc: [] };
  }

  /** @throws HubProblem `recipient-blocked` where only a regulator would be left: whoever writes to one does it on purpose */
  private async byDefault(queries: Queries, recipients: readonly string[]): Promise<readonly string[]> {
    if (recipients.length === 0) return recipients;
    const { kept } = withoutRegulators(recipients, await this.rules.regulators(queries));
    if (kept.length === 0) throw new HubProblem('recipient-blocked', { reason: 'regulator' });
    return kept;
  }

  /** A text longer than the channel takes is refused, never cut. */
  async refuseTooLong(outlet: Outlet, text: string): Promise<void> {
    const limit = (await this.inboxes.find(outlet.inboxId))?.kindOf.capabilities.maxText ?? Infinity;
    if ([...text].length > limit)
      throw new HubProblem('invalid', { limit }, [{ path: 'text', problem: `${outlet.channel} takes at most ${limit} characters` }]);
  }
}

/** The customer's last channel; whoever called last is written to where the same address can read. */
export function writingChannel(inboxes: readonly OpenInbox[], conversation: ConversationRow, addresses: readonly AddressRow[]): string {
  const mine = inboxes.filter((inbox) => inbox.brandId === conversation.brand_id && inbox.state === 'active');
  const last = mine.filter((inbox) => inbox.kind === conversation.channel);
  if (!last.some((inbox) => cannotAnswer(inbox, addresses))) return conversation.channel;
  const writes = mine.filter((inbox) => !cannotAnswer(inbox, addresses));
  const caller = addresses.find((address) => address.id === conversation.address_id);
  const way =
    writes.find((inbox) => caller && reaches(inbox, caller)) ?? writes.find((inbox) => addresses.some((it) => reaches(inbox, it)));
  return way?.kind ?? conversation.channel;
}

// A call is answered in writing elsewhere, and so are a visit and a letter of somebody whose postal address nobody knows.
function cannotAnswer({ kindOf: { capabilities } }: OpenInbox, addresses: readonly AddressRow[]): boolean {
  const { calls, schemes } = capabilities;
  return calls || schemes.length === 0 || (schemes.includes('postal') && !addresses.some(({ scheme }) => scheme === 'postal'));
}

const usedFirst =
  ({ inbox_id: used }: ConversationRow) =>
  (a: OpenInbox, b: OpenInbox): number =>
    Number(b.id === used) - Number(a.id === used);

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
