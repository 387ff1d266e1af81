import { Contacts, type AddressRow, type ConversationRow } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { Composer, ComposerChannel } from '@claimline/protocol';
import { withoutRegulators, type Regulator } from '@claimline/quality';
import type { HandlingRules } from '../complaints/handling-rules';
import { pickInbox, reaches, writingChannel } from '../conversations/outlets';
import { CounselView } from './counsel.view';
import { OpenInboxes, type OpenInbox } from '../inbound/open-inboxes';

interface LastInbound {
  readonly channel: string;
  readonly from_value: string;
  readonly at: Date;
}

interface Consent {
  readonly address_id: string;
  readonly channel: string;
  readonly state: 'granted' | 'opted-out';
}

/** What the composer offers for one conversation: every channel with its recipients, limits, window and consent, and why it is greyed out. */
export class ComposerView {
  constructor(
    private readonly queries: Queries,
    private readonly inboxes: OpenInboxes,
    private readonly contacts: Contacts,
    private readonly knows: { readonly counsel: CounselView; readonly rules: HandlingRules },
  ) {}

  async of(conversation: ConversationRow, now: Date): Promise<Composer> {
    const addresses = await this.contacts.addressesOf(this.queries, conversation.contact_id);
    const [inboxes, inbound, consents, people, counsel, regulators] = await Promise.all([
      this.inboxes.all(),
      this.lastInbound(conversation.id),
      this.consents(addresses.map((address) => address.id)),
      this.mailPeople(conversation.id),
      this.knows.counsel.of(this.queries, conversation),
      this.knows.rules.regulators(this.queries),
    ]);
    const kinds = [...new Set(inboxes.filter((inbox) => inbox.brandId === conversation.brand_id).map((inbox) => inbox.kind))];
    const channels = kinds.flatMap((kind) => {
      const inbox = pickInbox(inboxes, conversation, kind, addresses);
      return inbox
        ? [describe(inbox, { conversation, addresses, inbound, consents, people, regulators, represented: counsel !== undefined, now })]
        : [];
    });
    const preferred = writingChannel(inboxes, conversation, addresses);
    const sorted = channels.sort((a, b) => Number(b.channel === preferred) - Number(a.channel === preferred));
    return { preferred, channels: sorted, counsel: counsel ?? null, zones: await this.zones(conversation.id) };
  }

  private async zones(conversationId: string): Promise<Composer['zones']> {
    const [row] = await this.queries.query<{ office: string; customer: string | null }>({
      name: 'composer-zones',
      text: `SELECT b.time_zone AS office, k.time_zone AS customer FROM conversations c JOIN brands b ON b.id = c.brand_id JOIN contacts k ON k.id = c.contact_id WHERE c.id = $1`,
      values: [conversationId],
    });
    return row;
  }

  private lastInbound(conversationId: string): Promise<LastInbound[]> {
    return this.queries.query<LastInbound>({
      name: 'composer-inbound',
      text: `SELECT channel, from_value, max(occurred_at) AS at FROM messages WHERE conversation_id = $1 AND direction = 'inbound' GROUP BY channel, from_value ORDER BY at DESC`,
      values: [conversationId],
    });
  }

  private consents(addressIds: readonly string[]): Promise<Consent[]> {
    return this.queries.query<Consent>({
      name: 'composer-consents',
      text: `SELECT DISTINCT ON (address_id, channel) address_id, channel, state FROM consents WHERE address_id = ANY ($1::uuid[]) AND purpose = 'service' ORDER BY address_id, channel, at DESC, id DESC`,
      values: [addressIds],
    });
  }

  // Everybody whom the last mail addressed: never copied in by themselves, offered to be added.
  private async mailPeople(conversationId: string): Promise<string[]> {
    const [row] = await this.queries.query<{ cc_values: string[] }>({
      name: 'composer-mail-people',
      // An adjuster's own address here is ours: nobody is copied in on it.
      text: `SELECT ARRAY(SELECT value FROM unnest(last.cc_values) WITH ORDINALITY AS cc(value, n) WHERE value NOT IN (SELECT address FROM mail_aliases) ORDER BY n) AS cc_values
             FROM (SELECT cc_values FROM messages WHERE conversation_id = $1 AND direction = 'inbound' AND cardinality(cc_values) > 0 ORDER BY occurred_at DESC, id DESC LIMIT 1) AS last`,
      values: [conversationId],
    });
    return row?.cc_values ?? [];
  }
}

interface Facts {
  readonly conversation: ConversationRow;
  readonly addresses: readonly AddressRow[];
  readonly inbound: readonly LastInbound[];
  readonly consents: readonly Consent[];
  readonly people: readonly string[];
  readonly regulators: readonly Regulator[];
  readonly represented: boolean;
  readonly now: Date;
}

function describe(inbox: OpenInbox, facts: Facts): ComposerChannel {
  const { capabilities, title } = inbox.kindOf;
  const reachable = facts.addresses.filter((address) => reaches(inbox, address));
  const chosen =
    reachable.find((address) => address.id === facts.conversation.address_id) ??
    reachable.find((address) => address.unusable === null) ??
    reachable[0];
  const consent = consentOf(inbox, chosen, facts.consents);
  const windowUntil = windowOf(inbox, facts.inbound);
  const reason = whyNot({ inbox, chosen, consent, windowUntil, represented: facts.represented, now: facts.now });
  const wrote = new Set(facts.inbound.map((one) => one.from_value));
  // Regulators are never among those who get something by itself, nor offered with one click: shown as left out, and typed on purpose.
  const people = withoutRegulators(capabilities.cc ? facts.people : [], facts.regulators);
  const main = withoutRegulators(chosen ? [chosen.value] : [], facts.regulators);
  return {
    channel: inbox.kind,
    title,
    recipients:
      chosen && main.kept.length > 0
        ? [{ value: chosen.value, name: chosen.name, verified: chosen.level === 'verified', isNew: !wrote.has(chosen.value) }]
        : [],
    cc: people.kept.map((value) => ({ value, name: null })),
    leftOut: [...main.leftOut, ...people.leftOut].map((value) => ({ value, reason: 'regulator' as const })),
    maxText: capabilities.maxText,
    segments: capabilities.segments,
    subject: capabilities.subject,
    files: capabilities.media !== null,
    privacy: capabilities.privacy,
    windowUntil: windowUntil?.toISOString() ?? null,
    consent,
    able: reason === null,
    reason,
  };
}

function consentOf(inbox: OpenInbox, address: AddressRow | undefined, consents: readonly Consent[]): ComposerChannel['consent'] {
  return consents.find((consent) => consent.address_id === address?.id && consent.channel === inbox.kind)?.state ?? 'unknown';
}

function windowOf(inbox: OpenInbox, inbound: readonly LastInbound[]): Date | null {
  const { window } = inbox.kindOf.capabilities;
  if (window === null) return null;
  const last = inbound.find((one) => one.channel === inbox.kind);
  return new Date((last?.at.getTime() ?? 0) + window);
}

interface Situation {
  readonly inbox: OpenInbox;
  readonly chosen: AddressRow | undefined;
  readonly consent: ComposerChannel['consent'];
  readonly windowUntil: Date | null;
  readonly represented: boolean;
  readonly now: Date;
}

// First that applies, most final first: what nobody can change stands before what an hour changes.
const OBSTACLES: readonly (readonly [string, (situation: Situation) => boolean])[] = [
  ['represented', ({ represented }) => represented],
  ['inbox-stopped', ({ inbox }) => inbox.state !== 'active'],
  ['not-capable', ({ inbox }) => inbox.kindOf.capabilities.calls],
  ['no-address', ({ chosen }) => chosen === undefined],
  ['address-unusable', ({ chosen }) => chosen!.unusable !== null],
  ['opted-out', ({ consent }) => consent === 'opted-out'],
  // Whatever the provider's templates could do there: a person's own words cannot leave, and a reply has no approved template of its own yet.
  ['window-closed', ({ windowUntil, now }) => windowUntil !== null && windowUntil <= now],
];

const whyNot = (situation: Situation): string | null => OBSTACLES.find(([, applies]) => applies(situation))?.[0] ?? null;
