import { Conversations, Duplicates, type ConversationRow, type Viewer } from '@claimline/conversations';
import { Outbox, type Transaction } from '@claimline/database';
import { HubProblem } from '../http/problem';
import type { ManageConversation } from './manage-conversation';
import { POSSIBLE_DUPLICATE } from './recognise-loss';

/** A person's word on two conversations. */
export interface Verdict {
  readonly verdict: 'same' | 'different';
  readonly viewer: Viewer;
  readonly at: Date;
}

/** A person says whether two conversations are about one loss. The same: the one without a claim goes to the other's; a second thread of the same customer is closed. */
export class JudgeDuplicate {
  constructor(
    private readonly conversations: Conversations,
    private readonly duplicates: Duplicates,
    private readonly manage: ManageConversation,
    private readonly outbox: Outbox,
  ) {}

  /** The caller holds both rows. */
  async judge(tx: Transaction, one: ConversationRow, other: ConversationRow, said: Verdict): Promise<void> {
    const { verdict, viewer, at } = said;
    await this.duplicates.judge(tx, [one.id, other.id], { verdict, by: viewer.id, at });
    if (verdict === 'same') await this.join(tx, [one, other], said);
    for (const row of [one, other]) await this.settle(tx, row, verdict, at);
  }

  private async join(tx: Transaction, pair: readonly [ConversationRow, ConversationRow], { viewer, at }: Verdict): Promise<void> {
    const [kept, later] = ordered(pair);
    const by = { actorId: viewer.id, at, viewer };
    if (kept.contact_id === later.contact_id) return this.manage.resolve(tx, later, by);
    if (kept.claim_number === null || later.claim_number !== null) return;
    await this.manage.link(tx, later, { claim: kept.claim_number, party: null }, by);
  }

  private async settle(tx: Transaction, { id }: ConversationRow, verdict: Verdict['verdict'], at: Date): Promise<void> {
    const open = await this.duplicates.of(tx, id);
    const all = await this.conversations.label(
      tx,
      id,
      verdict === 'same' ? ['duplicate'] : [],
      open.length === 0 ? [POSSIBLE_DUPLICATE] : [],
    );
    await this.outbox.append(tx, at, [{ type: 'conversation.labeled', conversationId: id, payload: { labels: all } }]);
  }
}

/** The one with a claim first, else the older one. */
function ordered([one, other]: readonly [ConversationRow, ConversationRow]): [ConversationRow, ConversationRow] {
  if ((one.claim_id === null) !== (other.claim_id === null)) return one.claim_id === null ? [other, one] : [one, other];
  return one.opened_at <= other.opened_at ? [one, other] : [other, one];
}

/** Both of a pair, each once. @throws HubProblem where they are one */
export function pairOf(one: string, other: string): [string, string] {
  if (one === other) throw new HubProblem('invalid', {}, [{ path: 'other', problem: 'is the same conversation' }]);
  return one < other ? [one, other] : [other, one];
}
