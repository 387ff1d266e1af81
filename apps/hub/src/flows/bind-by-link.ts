import { Claims, maskEnd, maskName, Reports, type Policy } from '@claimline/claims';
import { Conversations, maySee, SecureLinks, type ConversationRow, type SecureLink, type Viewer } from '@claimline/conversations';
import type { Queries, Transaction } from '@claimline/database';
import type { BindQuestion } from '@claimline/protocol';
import { Tasks } from '@claimline/quality';
import { found, HubProblem } from '../http/problem';
import { PortalAddress } from '../portal/portal-address';
import { PolicyDesk } from '../report/policy-desk';
import { PartyClaims } from '../views/party-claims.view';
import { BeginReport } from './begin-report';
import { ManageConversation } from './manage-conversation';
import { SendAutomatic } from './send-automatic';

// Whoever has just written looks at the phone now; a week covers a hospital stay of days and no forgotten link.
const VALID_MS = 7 * 86_400_000;
const TASK_DUE_MS = 4 * 3_600_000;

/** What is meant: a claim by its number, or a policy that somebody found. */
export interface BindWish {
  readonly claim?: string;
  readonly policy?: string;
}

/** What this works with. */
export interface BindParts {
  readonly conversations: Conversations;
  readonly links: SecureLinks;
  readonly address: PortalAddress;
  readonly automatic: SendAutomatic;
  readonly claims: Claims;
  readonly partyClaims: PartyClaims;
  readonly manage: ManageConversation;
  readonly begin: BeginReport;
  readonly reports: Reports;
  readonly policies: PolicyDesk;
  readonly tasks: Tasks;
}

/** Asks an unknown sender by a link whether a claim or policy is theirs, shows masked things only, and binds the conversation when they say so. */
export class BindByLink {
  constructor(private readonly parts: BindParts) {}

  /** Sends the link; answers with the channel. The caller holds the conversation. @throws HubProblem `not-found`, `channel-not-able` */
  async offer(
    tx: Transaction,
    viewer: Viewer,
    conversation: ConversationRow,
    wish: BindWish & { readonly at: Date },
  ): Promise<{ channel: string }> {
    const { at } = wish;
    const expiresAt = new Date(at.getTime() + VALID_MS);
    if (wish.claim) {
      const claim = found(await this.parts.partyClaims.byNumber(tx, wish.claim, conversation.contact_id, null));
      if (!maySee(viewer, { brand_id: claim.brandId, restricted_to: claim.restrictedTo }))
        throw new HubProblem('not-found', { claim: wish.claim });
    }
    const subject = wish.policy ? this.parts.policies.sealedUntil(this.parts.policies.opened(wish.policy, at), expiresAt) : null;
    const link = { purpose: 'bind', contactId: conversation.contact_id, claimNumber: wish.claim ?? null, subject, expiresAt } as const;
    const { id, token } = await this.parts.links.create(
      tx,
      { ...link, conversationId: conversation.id, addressId: conversation.address_id, singleUse: true },
      at,
    );
    const portalUrl = this.parts.address.portalUrl('bind', token);
    const sent = await this.parts.automatic.send(tx, conversation, { template: 'bind_link', key: `bind:${id}`, words: { portalUrl }, at });
    if (!sent) throw new HubProblem('channel-not-able', { channel: conversation.channel });
    return { channel: sent.channel ?? conversation.channel };
  }

  /** What the page asks. */
  async question(queries: Queries, link: SecureLink, at: Date): Promise<BindQuestion> {
    if (link.subject) return questionOf(this.parts.policies.opened(link.subject, at));
    const claim = found(link.claimNumber ? await this.parts.claims.find(queries, link.claimNumber) : undefined);
    return {
      kind: 'claim',
      number: maskEnd(claim.number),
      line: claim.lineOfBusiness,
      holder: null,
      plate: claim.plate ? maskEnd(claim.plate) : null,
    };
  }

  /** The sender's answer; false: the link was used up before. Yes binds, no is a person's next question. */
  async answer(tx: Transaction, link: SecureLink, { mine, at }: { readonly mine: boolean; readonly at: Date }): Promise<boolean> {
    const conversation = found(link.conversationId ? await this.parts.conversations.lock(tx, link.conversationId) : undefined);
    if (!(await this.parts.links.spend(tx, link.id, at))) return false;
    if (!mine) await this.askPerson(tx, conversation, at);
    else if (link.subject) await this.fillPolicy(tx, conversation, { subject: link.subject, at });
    else if (conversation.claim_id === null)
      await this.parts.manage.link(tx, conversation, { claim: link.claimNumber, party: null }, { actorId: null, at });
    return true;
  }

  private async fillPolicy(tx: Transaction, conversation: ConversationRow, { subject, at }: { subject: string; at: Date }): Promise<void> {
    const by = { accountId: null, at };
    const everything = { id: '', brandIds: [], groups: conversation.restricted_to ? [conversation.restricted_to] : [] };
    const { draft } = await this.parts.begin.begin(tx, everything, { conversationId: conversation.id }, by);
    await this.parts.reports.fill(tx, draft, this.parts.policies.chosen(subject, at), by);
  }

  private async askPerson(tx: Transaction, conversation: ConversationRow, at: Date): Promise<void> {
    const due = new Date(at.getTime() + TASK_DUE_MS);
    await this.parts.tasks.create(
      tx,
      {
        kind: 'follow-up',
        reason: 'not-theirs',
        conversationId: conversation.id,
        contactId: conversation.contact_id,
        ownerId: conversation.assignee_id,
        due,
      },
      at,
    );
  }
}

const questionOf = (policy: Policy): BindQuestion => ({
  kind: 'policy',
  number: maskEnd(policy.number),
  line: policy.lineOfBusiness,
  holder: maskName(policy.holder),
  plate: policy.plate ? maskEnd(policy.plate) : null,
});
