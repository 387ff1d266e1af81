import { newId, type Queries, type Transaction } from '@claimline/database';
import type { OpenConversation } from './which-conversation';

/** A conversation's row. */
export interface ConversationRow {
  readonly id: string;
  readonly contact_id: string;
  readonly claim_id: string | null;
  readonly claim_number: string | null;
  readonly party_id: string | null;
  readonly brand_id: string;
  readonly team_id: string | null;
  readonly assignee_id: string | null;
  readonly restricted_to: string | null;
  /** `privileged`: a thread with our own counsel, for `privileged_to` alone. */
  readonly kind: 'ordinary' | 'privileged';
  readonly privileged_to: string[] | null;
  readonly status: 'open' | 'snoozed' | 'resolved';
  readonly snoozed_until: Date | null;
  readonly to_file: boolean;
  readonly subject: string | null;
  readonly labels: string[];
  readonly language: string | null;
  readonly inbox_id: string | null;
  readonly channel: string;
  readonly address_id: string | null;
  readonly awaiting_reply: boolean;
  readonly message_count: number;
  readonly inbound_count: number;
  readonly last_message_at: Date;
  readonly last_inbound_at: Date | null;
  readonly next_due_at: Date | null;
  readonly next_due_kind: string | null;
  readonly opened_at: Date;
  readonly resolved_at: Date | null;
}

/** What a new conversation starts with. */
export interface NewConversation {
  readonly contactId: string;
  /** With the group that alone may see the claim, where there is one: a conversation never opens wider than its claim. */
  readonly claim?: {
    readonly id: string;
    readonly number: string;
    readonly partyId: string | null;
    readonly restrictedTo: string | null;
  } | null;
  readonly brandId: string;
  readonly teamId: string | null;
  readonly channel: string;
  readonly inboxId: string | null;
  readonly addressId: string | null;
  readonly subject?: string | null;
  readonly language?: string | null;
  readonly toFile?: boolean;
  readonly linkedFrom?: string | null;
  readonly at: Date;
}

/** Conversations as rows: opened, placed, moved between people and claims. Changes take the row's lock first. */
export class Conversations {
  /** The row, locked until the transaction ends: whoever appends an event of a conversation holds this. */
  async lock(tx: Transaction, id: string): Promise<ConversationRow | undefined> {
    const [row] = await tx.query<ConversationRow>({
      name: 'conversation-lock',
      text: 'SELECT * FROM conversations WHERE id = $1 FOR UPDATE',
      values: [id],
    });
    return row;
  }

  async find(queries: Queries, id: string): Promise<ConversationRow | undefined> {
    const [row] = await queries.query<ConversationRow>({
      name: 'conversation-find',
      text: 'SELECT * FROM conversations WHERE id = $1',
      values: [id],
    });
    return row;
  }

  async openOf(tx: Queries, contactId: string): Promise<OpenConversation[]> {
    const rows = await tx.query<{ id: string; claim_id: string | null }>({
      name: 'conversations-open-of',
      text: `SELECT id, claim_id FROM conversations WHERE contact_id = $1 AND status <> 'resolved' ORDER BY last_message_at DESC`,
      values: [contactId],
    });
    return rows.map((row) => ({ id: row.id, claimId: row.claim_id }));
  }

  /** The conversation in which somebody was last spoken with, closed ones too; never one with our own counsel. */
  async latestOf(queries: Queries, contactId: string): Promise<ConversationRow | undefined> {
    const [row] = await queries.query<ConversationRow>({
      name: 'conversation-latest-of',
      text: `SELECT * FROM conversations c WHERE contact_id = $1 AND coalesce(to_jsonb(c)->>'kind', 'ordinary') = 'ordinary' ORDER BY last_message_at DESC, id DESC LIMIT 1`,
      values: [contactId],
    });
    return row;
  }

  /** The open conversation of (contact, claim), or the unbound one; made where there is none. The unique index decides races. Its row is held from then on. */
  async openFor(tx: Transaction, start: NewConversation): Promise<{ id: string; made: boolean }> {
    const bound = start.claim
      ? "(contact_id, claim_id) WHERE status <> 'resolved' AND claim_id IS NOT NULL"
      : "(contact_id) WHERE status <> 'resolved' AND claim_id IS NULL";
    const [row] = await tx.query<{ id: string; made: boolean }>({
      name: start.claim ? 'conversation-open-bound' : 'conversation-open-unbound',
      text: `INSERT INTO conversations AS c (id, contact_id, claim_id, claim_number, party_id, brand_id, team_id, channel, inbox_id, address_id, subject, language, to_file, linked_from, last_message_at, opened_at, restricted_to)
             VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, coalesce((SELECT language FROM contacts WHERE id = $2 AND language_chosen), $12), $13, $14, $15, $15, $16)
             ON CONFLICT ${bound} DO UPDATE SET status = c.status RETURNING id, (xmax = 0) AS made`,
      values: [
        newId(start.at),
        start.contactId,
        start.claim?.id ?? null,
        start.claim?.number ?? null,
        start.claim?.partyId ?? null,
        start.brandId,
        start.teamId,
        start.channel,
        start.inboxId,
        start.addressId,
        start.subject ?? null,
        start.language ?? null,
        start.toFile ?? false,
        start.linkedFrom ?? null,
        start.at,
        start.claim?.restrictedTo ?? null,
      ],
    });
    return row!;
  }

  /** Raises or takes down the wall around all conversations of a claim; returns those that changed. */
  async wall(tx: Transaction, claimId: string, restrictedTo: string | null): Promise<string[]> {
    const rows = await tx.query<{ id: string }>({
      name: 'conversations-wall',
      text: 'UPDATE conversations SET restricted_to = $2 WHERE claim_id = $1 AND restricted_to IS DISTINCT FROM $2::text RETURNING id',
      values: [claimId, restrictedTo],
    });
    return rows.map((row) => row.id);
  }

  /** All that somebody has in a state, locked in the order of their ids: two that lock many never wait for each other. */
  async lockOf(tx: Transaction, assigneeId: string, status: 'open' | 'snoozed'): Promise<string[]> {
    const rows = await tx.query<{ id: string }>({
      name: 'conversations-lock-of',
      text: 'SELECT id FROM conversations WHERE assignee_id = $1 AND status = $2 ORDER BY id FOR UPDATE',
      values: [assigneeId, status],
    });
    return rows.map((row) => row.id);
  }

  /** These rows, locked in the order of their ids. */
  async lockAll(tx: Transaction, ids: readonly string[]): Promise<void> {
    const text = 'SELECT id FROM conversations WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE';
    await tx.query({ name: 'conversations-lock-all', text, values: [ids] });
  }

  /** The same; answers with what binds each to others: its claim, whose it is, and the address that it goes to. */
  async lockWithTies(tx: Transaction, ids: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
    const text = 'SELECT id, claim_id, contact_id, address_id FROM conversations WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE';
    const rows = await tx.query<ConversationRow>({ name: 'conversations-lock-with-ties', text, values: [ids] });
    return new Map(rows.map((row) => [row.id, [row.claim_id, row.contact_id, row.address_id].filter((tie) => tie !== null)]));
  }

  /** Those of them that nobody else holds, locked. Waits for none: who needs the others, too, comes back for each by itself. */
  async lockFree(tx: Transaction, ids: readonly string[]): Promise<ReadonlySet<string>> {
    if (ids.length === 0) return new Set();
    const text = 'SELECT id FROM conversations WHERE id = ANY ($1::uuid[]) ORDER BY id FOR UPDATE SKIP LOCKED';
    const rows = await tx.query<{ id: string }>({ name: 'conversations-lock-free', text, values: [[...new Set(ids)]] });
    return new Set(rows.map(({ id }) => id));
  }

  async assign(tx: Transaction, id: string, assigneeId: string | null): Promise<void> {
    await tx.query({
      name: 'conversation-assign',
      text: 'UPDATE conversations SET assignee_id = $2 WHERE id = $1',
      values: [id, assigneeId],
    });
  }

  async snooze(tx: Transaction, id: string, until: Date): Promise<void> {
    await tx.query({
      name: 'conversation-snooze',
      text: `UPDATE conversations SET status = 'snoozed', snoozed_until = $2 WHERE id = $1`,
      values: [id, until],
    });
  }

  /** Opens a snoozed or resolved one. Fails with 23505 when the contact meanwhile has another open one of the same claim. */
  async open(tx: Transaction, id: string): Promise<void> {
    await tx.query({
      name: 'conversation-reopen',
      text: `UPDATE conversations SET status = 'open', snoozed_until = NULL, resolved_at = NULL WHERE id = $1`,
      values: [id],
    });
  }

  async resolve(tx: Transaction, id: string, at: Date): Promise<void> {
    await tx.query({
      name: 'conversation-resolve',
      text: `UPDATE conversations SET status = 'resolved', resolved_at = $2, snoozed_until = NULL, awaiting_reply = false WHERE id = $1`,
      values: [id, at],
    });
  }

  /** Binds to a claim and party, or unbinds. Fails with 23505 when the contact already has an open one there. */
  async link(
    tx: Transaction,
    id: string,
    claim: { id: string; number: string; partyId: string | null; restrictedTo: string | null } | null,
  ): Promise<void> {
    await tx.query({
      name: 'conversation-link',
      text: 'UPDATE conversations SET claim_id = $2, claim_number = $3, party_id = $4, restricted_to = $5, to_file = to_file AND $2::uuid IS NULL WHERE id = $1',
      values: [id, claim?.id ?? null, claim?.number ?? null, claim?.partyId ?? null, claim?.restrictedTo ?? null],
    });
  }

  /** Gives the conversation to another contact: the one of several holders who turned out to be writing. */
  async setContact(tx: Transaction, id: string, contactId: string): Promise<void> {
    await tx.query({
      name: 'conversation-contact',
      text: 'UPDATE conversations SET contact_id = $2 WHERE id = $1',
      values: [id, contactId],
    });
  }

  /** Somebody of ours has answered in another way than by a message: a call was taken. */
  async settleReply(tx: Transaction, id: string): Promise<void> {
    await tx.query({
      name: 'conversation-settle-reply',
      text: 'UPDATE conversations SET awaiting_reply = false WHERE id = $1',
      values: [id],
    });
  }

  /** The customer has asked in another way than by a message, and waits: a call that nobody took. */
  async awaitReply(tx: Transaction, id: string): Promise<void> {
    await tx.query({
      name: 'conversation-await-reply',
      text: 'UPDATE conversations SET awaiting_reply = true WHERE id = $1',
      values: [id],
    });
  }

  /** Where somebody is written to stays as it was before something came that cannot be answered the same way: a paper, a meeting. */
  async keepChannel(tx: Transaction, before: Pick<ConversationRow, 'id' | 'channel' | 'inbox_id' | 'address_id'>): Promise<void> {
    await tx.query({
      name: 'conversation-keep-channel',
      text: 'UPDATE conversations SET channel = $2, inbox_id = $3, address_id = $4 WHERE id = $1',
      values: [before.id, before.channel, before.inbox_id, before.address_id],
    });
  }

  /** The customer has chosen the language in which they want to be spoken to. */
  async setLanguage(tx: Transaction, id: string, language: string): Promise<void> {
    await tx.query({
      name: 'conversation-language',
      text: 'UPDATE conversations SET language = $2 WHERE id = $1',
      values: [id, language],
    });
  }

  /** Adds and removes labels; returns them as they are now. */
  async label(tx: Transaction, id: string, add: readonly string[], remove: readonly string[] = []): Promise<string[]> {
    const [row] = await tx.query<{ labels: string[] }>({
      name: 'conversation-label',
      text: `UPDATE conversations SET labels = ARRAY(SELECT DISTINCT label FROM unnest(labels || $2::text[]) AS label WHERE label <> ALL ($3::text[]) ORDER BY label) WHERE id = $1 RETURNING labels`,
      values: [id, add, remove],
    });
    return row?.labels ?? [];
  }

  /** The nearest deadline of all its clocks and tasks, or none: the inbox sorts by it. */
  async setNextDue(tx: Transaction, id: string, due: { readonly at: Date; readonly kind: string } | null): Promise<void> {
    await tx.query({
      name: 'conversation-due',
      unread: true,
      text: 'UPDATE conversations SET next_due_at = $2, next_due_kind = $3 WHERE id = $1',
      values: [id, due?.at ?? null, due?.kind ?? null],
    });
  }

  /** Snoozed ones whose time has come, locked; somebody else's locked ones are left to them. */
  async lockWaking(tx: Transaction, now: Date, limit: number): Promise<string[]> {
    const rows = await tx.query<{ id: string }>({
      name: 'conversations-waking',
      text: `SELECT id FROM conversations WHERE status = 'snoozed' AND snoozed_until <= $1 ORDER BY snoozed_until LIMIT $2 FOR UPDATE SKIP LOCKED`,
      values: [now, limit],
    });
    return rows.map((row) => row.id);
  }
}
