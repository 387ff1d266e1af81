/** A message to be appended to a thread, whoever wrote it. */
export interface NewMessage {
  readonly id: string;
  readonly conversationId: string;
  readonly direction: 'inbound' | 'outbound' | 'internal';
  readonly kind: 'text' | 'note' | 'call' | 'letter' | 'visit' | 'notice';
  readonly channel: string | null;
  readonly inboxId: string | null;
  readonly from?: { readonly value: string; readonly name: string | null; readonly addressId: string | null } | null;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly subject?: string | null;
  readonly text: string;
  readonly quoted?: string | null;
  readonly authorId?: string | null;
  readonly noticeId?: string | null;
  /** The sender's own id of it: the same twice in one conversation is one message. */
  readonly clientId?: string | null;
  readonly facts?: Readonly<Record<string, unknown>> | null;
  /** HTML and whatever else is kept sealed beside the text. */
  readonly original?: { readonly html: string } | null;
  readonly occurredAt: Date;
  readonly receivedAt: Date;
}
