import { Conversations, SecureLinks, type ConversationRow } from '@claimline/conversations';
import { Database, Outbox, type LoggedEvent, type Transaction } from '@claimline/database';
import { RecipientHours } from '@claimline/delivery';
import type { Log } from '@claimline/messages';
import { ConsentLedger } from '@claimline/notifications';
import {
  isDialogue,
  modeOf,
  suppressionOf,
  SURVEY_TERMS,
  SurveyStore,
  Tasks,
  type Suppression,
  type SurveyInvitation,
  type SurveyMode,
} from '@claimline/quality';
import type { Outlets } from '../conversations/outlets';
import { HubProblem } from '../http/problem';
import { OpenInboxes } from '../inbound/open-inboxes';
import type { PortalAddress } from '../portal/portal-address';
import { SurveyFactsView, type SurveyGround } from '../views/survey-facts.view';
import { oneByOne } from './one-by-one';
import { SendAutomatic } from './send-automatic';
import type { Outlet } from './send-reply';

interface Parts {
  readonly database: Database;
  readonly conversations: Conversations;
  readonly surveys: SurveyStore;
  readonly facts: SurveyFactsView;
  readonly consents: ConsentLedger;
  readonly hours: RecipientHours;
  readonly outlets: Outlets;
  readonly inboxes: OpenInboxes;
  readonly links: SecureLinks;
  readonly address: PortalAddress;
  readonly automatic: SendAutomatic;
  readonly tasks: Tasks;
  readonly outbox: Outbox;
  readonly log: Log;
}

/** Marks what is said in a survey: the client id of its messages begins with this. */
export const SURVEY_MESSAGE = 'survey:';
/** The key of the task to call about an invitation. */
export const surveyCall = (invitationId: string): string => `survey-call:${invitationId}`;

const AT_ONCE = 50;
const DAY_MS = 24 * 3_600_000;
// A claim that was never theirs to end is nobody's to judge.
const NOT_ASKED = ['duplicate'];

/** Where somebody is asked; no outlet: somebody calls them. */
interface Way {
  readonly mode: SurveyMode;
  readonly outlet: Outlet | null;
}

/** A claim has ended: a day later its policyholder is asked how it went, where they last spoke with us, unless something speaks against it. */
export class InviteToSurvey {
  readonly name = 'surveys';

  constructor(private readonly parts: Parts) {}

  async onClaimChanged(tx: Transaction, event: LoggedEvent): Promise<void> {
    const { claimId, claimNumber, stage, previousStage, subStatus, exposureId } = event.payload;
    if (exposureId !== null || typeof claimId !== 'string') return;
    if (stage !== 'closed' && previousStage === 'closed') return this.parts.surveys.withdraw(tx, claimId, event.at);
    if (stage !== 'closed' || previousStage === 'closed' || NOT_ASKED.includes(String(subStatus))) return;
    const dueAt = new Date(event.at.getTime() + SURVEY_TERMS.delayMs);
    await this.parts.surveys.plan(tx, { id: claimId, number: String(claimNumber) }, { closedAt: event.at, dueAt });
  }

  async sweep(now: Date): Promise<number> {
    const { database, surveys } = this.parts;
    const due = await surveys.due(database, now, AT_ONCE);
    const asked = { name: this.name, log: this.parts.log };
    await oneByOne(
      due.map((id) => ({ id })),
      asked,
      ({ id }) => database.transaction((tx) => this.ask(tx, id, now)),
    );
    return due.length + (await surveys.expire(database, now));
  }

  private async ask(tx: Transaction, id: string, now: Date): Promise<void> {
    const claimId = (await this.parts.surveys.find(tx, id))?.claimId;
    const ground = claimId && (await this.parts.facts.of(tx, claimId));
    if (!ground) return;
    // The conversation first, like everywhere: whoever answers holds it too.
    const conversation = ground.conversationId ? await this.parts.conversations.lock(tx, ground.conversationId) : undefined;
    const invitation = await this.parts.surveys.lock(tx, id);
    if (invitation?.state !== 'planned') return;
    const way = await this.way(tx, conversation, ground, now);
    const reason = suppressionOf({ ...ground, optedOut: await this.hasOptedOut(tx, way), isKnown: ground.contactId !== null }, now);
    if (reason) return this.suppress(tx, invitation, { reason, ground, now });
    const quiet = conversation && way.outlet ? await this.quietUntil(conversation, way.outlet, now) : null;
    if (quiet) return this.parts.surveys.hold(tx, id, quiet);
    await this.invite(tx, invitation, { ground, conversation, way, now });
  }

  private async suppress(
    tx: Transaction,
    invitation: SurveyInvitation,
    { reason, ground, now }: { reason: Suppression; ground: SurveyGround; now: Date },
  ): Promise<void> {
    await this.parts.surveys.suppress(tx, invitation.id, { reason, contactId: ground.contactId, at: now });
    await this.tell(tx, invitation, { state: 'suppressed', conversationId: null, now });
  }

  private async invite(
    tx: Transaction,
    invitation: SurveyInvitation,
    { ground, conversation, way, now }: { ground: SurveyGround; conversation: ConversationRow | undefined; way: Way; now: Date },
  ): Promise<void> {
    const { outlet, mode } = way;
    const expiresAt = new Date(now.getTime() + SURVEY_TERMS.answerMs);
    await this.parts.surveys.invite(tx, invitation.id, {
      contactId: ground.contactId!,
      conversationId: conversation?.id ?? null,
      inboxId: outlet?.inboxId ?? null,
      addressId: outlet?.to.addressId ?? null,
      channel: outlet?.channel ?? 'twilio-voice',
      mode,
      at: now,
      expiresAt,
    });
    if (outlet && conversation) await this.write(tx, invitation, { conversation, way: { mode, outlet }, now, expiresAt });
    else await this.call(tx, invitation, { ground, conversation, now });
    await this.tell(tx, invitation, { state: 'invited', conversationId: conversation?.id ?? null, now });
  }

  private async write(
    tx: Transaction,
    invitation: SurveyInvitation,
    { conversation, way, now, expiresAt }: { conversation: ConversationRow; way: Way & { outlet: Outlet }; now: Date; expiresAt: Date },
  ): Promise<void> {
    const key = `${SURVEY_MESSAGE}${invitation.id}:invite`;
    if (isDialogue(way.mode)) {
      await this.parts.automatic.send(tx, conversation, { template: 'survey_invite', key, outlet: way.outlet, at: now });
      return;
    }
    const { token } = await this.parts.links.create(
      tx,
      {
        purpose: 'survey',
        contactId: conversation.contact_id,
        claimNumber: invitation.claimNumber,
        conversationId: conversation.id,
        addressId: way.outlet.to.addressId,
        subject: invitation.id,
        singleUse: true,
        expiresAt,
      },
      now,
    );
    const words = { portalUrl: this.parts.address.portalUrl('survey', token) };
    await this.parts.automatic.send(tx, conversation, { template: 'survey_link', key, outlet: way.outlet, words, at: now });
  }

  private async call(
    tx: Transaction,
    invitation: SurveyInvitation,
    { ground, conversation, now }: { ground: SurveyGround; conversation: ConversationRow | undefined; now: Date },
  ): Promise<void> {
    await this.parts.tasks.create(
      tx,
      {
        key: surveyCall(invitation.id),
        kind: 'survey-call',
        reason: 'survey',
        params: { invitation: invitation.id },
        claim: { id: invitation.claimId, number: invitation.claimNumber },
        conversationId: conversation?.id ?? null,
        contactId: ground.contactId,
        ownerId: ground.handlerId,
        due: new Date(now.getTime() + 3 * DAY_MS),
      },
      now,
    );
  }

  // Where they last spoke with us, while something can be said there; else by a call.
  private async way(tx: Transaction, conversation: ConversationRow | undefined, ground: SurveyGround, now: Date): Promise<Way> {
    const phone: Way = { mode: 'phone', outlet: null };
    const outlet = conversation && (await this.outlet(tx, conversation));
    if (!outlet || modeOf(outlet.channel) === 'phone') return phone;
    const window = (await this.parts.inboxes.find(outlet.inboxId))?.kindOf.capabilities.window ?? null;
    const isOpen = window === null || (ground.lastInboundAt !== null && now.getTime() - ground.lastInboundAt.getTime() < window);
    return isOpen ? { mode: modeOf(outlet.channel), outlet } : phone;
  }

  private async outlet(tx: Transaction, conversation: ConversationRow): Promise<Outlet | undefined> {
    try {
      return await this.parts.outlets.choose(tx, conversation, {});
    } catch (error) {
      if (error instanceof HubProblem) return undefined;
      throw error;
    }
  }

  private async hasOptedOut(tx: Transaction, { outlet }: Way): Promise<boolean> {
    if (!outlet?.to.addressId) return false;
    const asked = { addressId: outlet.to.addressId, channel: outlet.channel };
    const answers = [
      await this.parts.consents.check(tx, { ...asked, purpose: 'survey' }),
      await this.parts.consents.check(tx, { ...asked, purpose: 'service' }),
    ];
    return answers.some(({ state }) => state === 'opted-out');
  }

  private quietUntil(conversation: ConversationRow, outlet: Outlet, now: Date): Promise<Date | null> {
    const recipient = {
      addressId: outlet.to.addressId,
      conversationId: conversation.id,
      channel: outlet.channel,
      purpose: 'notice' as const,
    };
    return this.parts.hours.quietUntil(recipient, now);
  }

  private tell(
    tx: Transaction,
    { id, claimNumber }: SurveyInvitation,
    { state, conversationId, now }: { state: string; conversationId: string | null; now: Date },
  ): Promise<void> {
    return this.parts.outbox.append(tx, now, [
      { type: 'survey.changed', conversationId, payload: { invitationId: id, claimNumber, state } },
    ]);
  }
}
