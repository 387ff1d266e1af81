import { Conversations, Desk, Threads, type ConversationRow, type MessageRow } from '@claimline/conversations';
import { newId, Outbox, type Transaction } from '@claimline/database';
import { maskText } from '@claimline/messages';
import type { SensitiveReason } from '@claimline/protocol';
import { HubProblem } from '../http/problem';

/** Where a message leaves: which of our lines, to whom. */
export interface Outlet {
  readonly inboxId: string;
  readonly channel: string;
  readonly to: { readonly value: string; readonly addressId: string | null };
  readonly cc: readonly string[];
}

/** What is sent, and by whom. `authorId` null: an automatic text. */
export interface Outgoing {
  readonly authorId: string | null;
  readonly text: string;
  readonly subject: string | null;
  readonly attachments: readonly string[];
  readonly outlet: Outlet;
  readonly purpose: 'reply' | 'automatic';
  /** The same is said to many: what somebody says to one person goes first. */
  readonly toMany?: boolean;
  /** The place of the thread that the writer saw; null: does not matter. */
  readonly seen: number | null;
  /** It was written earlier: what lies on its author's desk now (a draft, what they have read) is left alone. */
  readonly earlier?: boolean;
  /** The caller's own id of this message: the same twice is one message. */
  readonly clientId?: string | null;
  /** What is really sent where `text` hides something from whoever reads the thread (a code): sealed until it has left. */
  readonly secretText?: string;
  /** Why a person sends an account, card or identity number all the same; absent: they may not. */
  readonly sensitive?: SensitiveReason;
  readonly at: Date;
}

/**
 * Refuses words with an account, card or identity number unless the writer says why. What is sent for a reason is sent as it is written;
 * the thread shows it masked. @throws HubProblem `sensitive-number`
 */
function withoutNumbers(outgoing: Outgoing): Outgoing {
  const { sensitive, subject, text } = outgoing;
  const masked = maskText(text);
  const line = maskText(subject ?? '');
  const kinds = [...new Set([...masked.kinds, ...line.kinds])];
  if (kinds.length === 0 || sensitive === 'not-sensitive') return outgoing;
  if (!sensitive) throw new HubProblem('sensitive-number', { kinds: kinds.join(', ') });
  return { ...outgoing, subject: subject && line.text, text: masked.text, secretText: text };
}

/** Puts a message on its way; bound to the delivery room. */
export abstract class SendingLine {
  abstract enqueue(
    tx: Transaction,
    delivery: { messageId: string; conversationId: string; outlet: Outlet; purpose: 'reply' | 'automatic'; toMany?: boolean; at: Date },
  ): Promise<void>;
}

/** Gives uploaded files to a message; bound to the files room. */
export abstract class UploadedFiles {
  abstract give(
    tx: Transaction,
    files: { ids: readonly string[]; messageId: string; conversationId: string; by: string | null; at: Date },
  ): Promise<void>;
}

/** An answer goes out: message and delivery in one transaction. */
export class SendReply {
  constructor(
    private readonly conversations: Conversations,
    private readonly threads: Threads,
    private readonly desk: Desk,
    private readonly line: SendingLine,
    private readonly files: UploadedFiles,
    private readonly outbox: Outbox,
  ) {}

  /** @throws HubProblem `thread-moved` when somebody spoke after `seen` */
  async send(tx: Transaction, conversation: ConversationRow, wished: Outgoing): Promise<MessageRow> {
    const outgoing = wished.authorId ? withoutNumbers(wished) : wished;
    const { authorId, seen, at } = outgoing;
    if (authorId && seen !== null && (await this.threads.movedSince(tx, conversation.id, seen, authorId))) {
      throw new HubProblem('thread-moved', { position: conversation.message_count });
    }
    const messageId = newId(at);
    const seq = await this.append(tx, conversation, outgoing, messageId);
    if (seq === undefined) return (await this.threads.findByClientId(tx, conversation.id, outgoing.clientId!))!;
    if (outgoing.secretText !== undefined) await this.threads.sealWords(tx, messageId, 'secret', outgoing.secretText);
    await this.files.give(tx, { ids: outgoing.attachments, messageId, conversationId: conversation.id, by: authorId, at });
    const { outlet, purpose, toMany } = outgoing;
    await this.line.enqueue(tx, { messageId, conversationId: conversation.id, outlet, purpose, toMany, at });
    // Whoever writes to many has not looked at each: their own draft and what they have not read stay.
    if (authorId && !toMany && !outgoing.earlier) await this.desk.dropDraft(tx, authorId, conversation.id);
    if (authorId && !toMany && !outgoing.earlier) await this.desk.markRead(tx, authorId, conversation.id, seq);
    await this.outbox.append(tx, at, [{ type: 'message.sent', conversationId: conversation.id, payload: { messageId, authorId } }]);
    return (await this.threads.find(tx, messageId))!;
  }

  /** Words among colleagues: never leave. */
  async note(
    tx: Transaction,
    conversation: ConversationRow,
    note: { authorId: string; text: string; attachments: readonly string[]; at: Date },
  ): Promise<MessageRow> {
    const messageId = newId(note.at);
    await this.threads.append(tx, {
      id: messageId,
      conversationId: conversation.id,
      direction: 'internal',
      kind: 'note',
      channel: null,
      inboxId: null,
      to: [],
      cc: [],
      text: maskText(note.text).text,
      authorId: note.authorId,
      occurredAt: note.at,
      receivedAt: note.at,
    });
    await this.files.give(tx, { ids: note.attachments, messageId, conversationId: conversation.id, by: note.authorId, at: note.at });
    await this.desk.dropDraft(tx, note.authorId, conversation.id);
    await this.outbox.append(tx, note.at, [
      { type: 'message.noted', conversationId: conversation.id, payload: { messageId, authorId: note.authorId } },
    ]);
    return (await this.threads.find(tx, messageId))!;
  }

  /** The conversation with the row's lock: whoever answers holds it, so that two answers have an order. */
  async lock(tx: Transaction, id: string): Promise<ConversationRow | undefined> {
    return this.conversations.lock(tx, id);
  }

  private append(tx: Transaction, conversation: ConversationRow, outgoing: Outgoing, messageId: string): Promise<number | undefined> {
    const { outlet, at } = outgoing;
    return this.threads.append(tx, {
      id: messageId,
      conversationId: conversation.id,
      direction: 'outbound',
      kind: 'text',
      channel: outlet.channel,
      inboxId: outlet.inboxId,
      to: [outlet.to.value],
      cc: outlet.cc,
      subject: outgoing.subject,
      text: outgoing.text,
      authorId: outgoing.authorId,
      clientId: outgoing.clientId ?? null,
      occurredAt: at,
      receivedAt: at,
    });
  }
}
