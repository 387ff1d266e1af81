import { Catastrophes, namesCatastrophe } from '@claimline/claims';
import { Conversations, Duplicates, marksIn, markOf, Threads, type ConversationRow, type LossMark } from '@claimline/conversations';
import { Outbox, type LoggedEvent, type Transaction } from '@claimline/database';
import { StormFigures } from '../views/storm-figures.view';

/** The label of a conversation that may be about the same loss as another. */
export const POSSIBLE_DUPLICATE = 'possible-duplicate';

/** Sees by what a customer says which event it is about, and whether the same loss has been reported before. It labels; people decide. */
export class RecogniseLoss {
  constructor(
    private readonly conversations: Conversations,
    private readonly threads: Threads,
    private readonly duplicates: Duplicates,
    private readonly catastrophes: Catastrophes,
    private readonly figures: StormFigures,
    private readonly outbox: Outbox,
  ) {}

  async onMessageReceived(tx: Transaction, event: LoggedEvent): Promise<void> {
    const message = await this.threads.find(tx, String(event.payload['messageId']));
    const conversation = message && (await this.conversations.lock(tx, event.conversationId!));
    if (!message || !conversation || message.facts?.['automatic']) return;
    const tags = conversation.claim_id === null ? await this.named(tx, message.text) : [];
    await this.label(tx, conversation, tags, event.at);
    await this.mark(tx, conversation, marksIn(message.text), event.at);
  }

  /** A claim brings its policy and plate. */
  async onConversationLinked(tx: Transaction, event: LoggedEvent): Promise<void> {
    const conversation = await this.conversations.lock(tx, event.conversationId!);
    if (conversation?.claim_id) await this.mark(tx, conversation, [], event.at);
  }

  private async named(tx: Transaction, text: string): Promise<string[]> {
    const open = await this.catastrophes.open(tx);
    return open.filter((one) => namesCatastrophe(text, one)).map(({ tag }) => tag);
  }

  private async mark(tx: Transaction, conversation: ConversationRow, said: readonly LossMark[], at: Date): Promise<void> {
    const known = await this.figures.marksOf(tx, conversation.id);
    // A hospital's fax and a garage report for many: their number is nobody's loss.
    const phone = known.kind === 'person' && known.phone ? markOf('phone', known.phone) : undefined;
    const own = [known.policy && markOf('policy', known.policy), known.plate && markOf('plate', known.plate), phone];
    const marks = [...said, ...own.flatMap((mark) => mark || [])];
    if (marks.length === 0) return;
    await this.duplicates.note(tx, conversation.id, marks, at);
    const others = await this.duplicates.of(tx, conversation.id);
    if (others.length === 0) return;
    for (const id of [conversation.id, ...others.map(({ conversationId }) => conversationId)]) {
      const row = await this.conversations.lock(tx, id);
      if (row) await this.label(tx, row, [POSSIBLE_DUPLICATE], at);
    }
  }

  private async label(tx: Transaction, { id, labels }: ConversationRow, wanted: readonly string[], at: Date): Promise<void> {
    const added = wanted.filter((label) => !labels.includes(label));
    if (added.length === 0) return;
    const all = await this.conversations.label(tx, id, added);
    await this.outbox.append(tx, at, [{ type: 'conversation.labeled', conversationId: id, payload: { labels: all } }]);
  }
}
