import {
  Conversations,
  maskedAddress,
  mayChoosePayee,
  SecureLinks,
  type CodeAddress,
  type ConversationRow,
} from '@claimline/conversations';
import type { LoggedEvent, Transaction } from '@claimline/database';
import { recipientOf, type NoticePerson } from '@claimline/notifications';
import { Tasks } from '@claimline/quality';
import { DateTime } from 'luxon';
import { HubProblem } from '../http/problem';
import { DirectWays } from '../portal/direct-way';
import type { PortalAddress } from '../portal/portal-address';
import type { SituationToTell } from '../views/notice-situation.view';
import type { PortalWelcomeView } from '../views/portal-welcome.view';
import { PlanNotices } from './plan-notices';
import { SendAutomatic } from './send-automatic';

interface Parts {
  readonly plan: PlanNotices;
  readonly links: SecureLinks;
  readonly address: PortalAddress;
  readonly welcome: PortalWelcomeView;
  readonly conversations: Conversations;
  readonly ways: DirectWays;
  readonly automatic: SendAutomatic;
  readonly tasks: Tasks;
}

const LINK_LIVES_MS = 3 * 86_400_000;
const OFFICE_ENDS = 18;
const HOUR_MS = 3_600_000;

/** A payment has failed: the payee gets a notice with a link to choose where the money goes, and the handler a task for the same day. */
export class OfferPayee {
  constructor(private readonly parts: Parts) {}

  /** Every change of a claim passes here on its way to the notices; only a failed payment gets anything more. */
  async onClaimChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    const { payload } = event;
    const failed = payload['stage'] === 'payment' && payload['subStatus'] === 'failed' && payload['stageChanged'] === true;
    if (!failed) return this.parts.plan.onClaimChanged(tx, event);
    let told: { situation: SituationToTell; linkId: string | null } | undefined;
    const planned = await this.parts.plan.tell(tx, event, async (situation) => {
      told = await this.withLink(tx, situation, event.at);
      return told.situation;
    });
    if (!told) return;
    const sent = planned?.send[0];
    const conversationId = sent ? await this.threadOf(tx, sent.contactId, sent.claimId) : null;
    if (told.linkId) await this.parts.links.sentTo(tx, told.linkId, { conversationId, addressId: sent?.step.addressId ?? null });
    await this.makeTask(tx, event, { told: told.situation, conversationId, contactId: sent?.contactId ?? null });
  }

  /** A person sends the link: into this conversation, to an address that is old enough. @throws HubProblem `address-too-new`, `not-found` */
  async offer(tx: Transaction, conversation: ConversationRow, at: Date): Promise<{ to: string }> {
    const { contact_id: contactId, claim_number: claimNumber, id: conversationId } = conversation;
    if (claimNumber === null) throw new HubProblem('not-found');
    const addresses = (await this.parts.welcome.addressesOf(tx, contactId)).filter((one) => isFit(one, at));
    for (const address of [...addresses].sort(
      (a, b) => Number(b.id === conversation.address_id) - Number(a.id === conversation.address_id),
    )) {
      const way = await this.parts.ways.to(tx, { contactId, addressId: address.id }, conversation.brand_id);
      if (!way) continue;
      const { id, url } = await this.makeLink(tx, { contactId, claimNumber, conversationId, addressId: address.id }, at);
      const wish = { template: 'payee_method_needed', key: `payee-link:${id}`, outlet: way.outlet, words: { portalUrl: url }, at };
      await this.parts.automatic.send(tx, conversation, wish);
      return { to: maskedAddress(address.scheme, address.value) };
    }
    throw new HubProblem('address-too-new');
  }

  // The notice goes to the older addresses alone where there is one, because of the link in it; where there is none it goes without.
  private async withLink(tx: Transaction, told: SituationToTell, at: Date): Promise<{ situation: SituationToTell; linkId: string | null }> {
    const { situation } = told;
    const recipient = recipientOf({ money: true }, situation);
    if (!('person' in recipient)) return { situation: told, linkId: null };
    const { contactId } = recipient.person;
    const fit = new Set((await this.parts.welcome.addressesOf(tx, contactId)).filter((one) => isFit(one, at)).map(({ id }) => id));
    const addresses = recipient.person.addresses.filter(({ id }) => fit.has(id));
    if (addresses.length === 0) return { situation: told, linkId: null };
    const claimNumber = situation.claim.number;
    const { id, url } = await this.makeLink(tx, { contactId, claimNumber, conversationId: null, addressId: null }, at);
    const person: NoticePerson = { ...recipient.person, addresses };
    const people = new Map([...situation.people, [contactId, person]]);
    return { linkId: id, situation: { ...told, situation: { ...situation, people, words: { ...situation.words, portalUrl: url } } } };
  }

  private async makeLink(
    tx: Transaction,
    of: { contactId: string; claimNumber: string; conversationId: string | null; addressId: string | null },
    at: Date,
  ): Promise<{ id: string; url: string }> {
    await this.parts.links.revoke(tx, { contactId: of.contactId, purpose: 'payee', claimNumber: of.claimNumber }, at);
    const expiresAt = new Date(at.getTime() + LINK_LIVES_MS);
    const { id, token } = await this.parts.links.create(tx, { ...of, purpose: 'payee', subject: null, singleUse: true, expiresAt }, at);
    return { id, url: this.parts.address.portalUrl('payee', token) };
  }

  private async threadOf(tx: Transaction, contactId: string, claimId: string): Promise<string | null> {
    return (await this.parts.conversations.openOf(tx, contactId)).find((open) => open.claimId === claimId)?.id ?? null;
  }

  private async makeTask(
    tx: Transaction,
    { payload, at }: LoggedEvent,
    { told, conversationId, contactId }: { told: SituationToTell; conversationId: string | null; contactId: string | null },
  ): Promise<void> {
    const { claim, brand } = told.situation;
    if (conversationId) await this.parts.conversations.lock(tx, conversationId);
    await this.parts.tasks.create(
      tx,
      {
        key: `payment-failed:${String(payload['claimEventId'])}`,
        kind: 'payment-failed',
        reason: told.situation.words?.portalUrl ? 'link-sent' : 'address-too-new',
        claim: { id: claim.id, number: claim.number },
        conversationId,
        contactId,
        ownerId: told.handlerId,
        due: sameDay(at, brand.timeZone),
      },
      at,
    );
  }
}

const isFit = (address: CodeAddress, at: Date): boolean => !address.shared && mayChoosePayee(address, at);

/** The end of the office day, where it happened; for what comes later than that, an hour from now. */
export function sameDay(at: Date, zone: string): Date {
  const evening = DateTime.fromJSDate(at, { zone }).startOf('day').plus({ hours: OFFICE_ENDS });
  return evening.toMillis() - at.getTime() >= HOUR_MS ? evening.toJSDate() : new Date(at.getTime() + HOUR_MS);
}
