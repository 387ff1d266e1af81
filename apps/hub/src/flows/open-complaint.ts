import type { ConversationRow } from '@claimline/conversations';
import type { Transaction } from '@claimline/database';
import { ComplaintClocks, Complaints, outcomePolicy, Tasks, type ComplaintRecord } from '@claimline/quality';
import type { ComplaintFactsView } from '../views/complaint-facts.view';
import type { FollowClocks } from './follow-clocks';

/** A complaint as it was heard. */
export interface HeardComplaint {
  readonly source: ComplaintRecord['source'];
  readonly signals: readonly string[];
  readonly messageId: string | null;
  readonly content: string;
  readonly channel: string;
  readonly regulator: string | null;
  readonly receivedAt: Date;
  readonly openedBy: string | null;
  readonly at: Date;
}

const MOST = 4000;

/** Opens a draft, starts its clocks from the receipt and puts it on the list of a complaints officer. */
export class OpenComplaint {
  constructor(
    private readonly complaints: Complaints,
    private readonly clocks: ComplaintClocks,
    private readonly facts: ComplaintFactsView,
    private readonly tasks: Tasks,
    private readonly due: FollowClocks,
  ) {}

  /** The caller holds the conversation. The complaint that is open there already, where there is one; a regulator who joins it is noted. */
  async open(tx: Transaction, conversation: ConversationRow, heard: HeardComplaint): Promise<ComplaintRecord> {
    const open = await this.complaints.openOf(tx, conversation.id);
    if (open) return await this.joined(tx, open, heard);
    const { place, region, about } = (await this.facts.placeOf(tx, conversation.id))!;
    const against = about && about !== heard.openedBy ? [about] : [];
    const { at, ...told } = heard;
    const draft = {
      ...told,
      signals: [...heard.signals],
      content: heard.content.trim().slice(0, MOST) || '–',
      conversationId: conversation.id,
      contactId: conversation.contact_id,
      brandId: conversation.brand_id,
      claimId: conversation.claim_id,
      against,
      officerId: (await this.facts.free(tx, 'complaints-officer', { conversationId: conversation.id, against })) ?? null,
    };
    const made = (await this.complaints.open(tx, draft, at))!;
    await this.clocks.begin(tx, made, place, outcomePolicy(region));
    await this.alert(tx, conversation, made, at);
    await this.due.renewDue(tx, conversation.id);
    return made;
  }

  private async joined(tx: Transaction, open: ComplaintRecord, { regulator, at }: HeardComplaint): Promise<ComplaintRecord> {
    if (!regulator || open.regulator) return open;
    return await this.complaints.amend(tx, open, { regulator }, { act: 'regulator', by: { id: null, at } });
  }

  private async alert(tx: Transaction, conversation: ConversationRow, made: ComplaintRecord, at: Date): Promise<void> {
    const clocks = await this.clocks.running(tx, made);
    const ack = clocks.map(({ deadline }) => deadline).sort((a, b) => a.getTime() - b.getTime())[0];
    await this.tasks.create(
      tx,
      {
        key: `complaint-draft:${made.id}`,
        kind: 'complaint-draft',
        reason: made.regulator ? 'regulator' : 'complaint',
        params: { complaint: made.id },
        claim: conversation.claim_id && conversation.claim_number ? { id: conversation.claim_id, number: conversation.claim_number } : null,
        conversationId: conversation.id,
        contactId: conversation.contact_id,
        teamId: conversation.team_id,
        ownerId: made.officerId,
        due: ack ?? at,
      },
      at,
    );
  }
}
