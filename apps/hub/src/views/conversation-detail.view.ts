import { Contacts, Desk, visibleTo, visibleValues, type ConversationRow, type Viewer } from '@claimline/conversations';
import type { Queries } from '@claimline/database';
import type { Conversation } from '@claimline/protocol';
import { ConversationList } from './conversation-list.view';
import { PartyClaims } from './party-claims.view';
import { SuggestedClaims } from './suggested-claims.view';

/** One conversation with what the thread's header and the side panel need. */
export class ConversationDetail {
  constructor(
    private readonly queries: Queries,
    private readonly list: ConversationList,
    private readonly contacts: Contacts,
    private readonly desk: Desk,
    private readonly claims: PartyClaims,
    private readonly suggestions: SuggestedClaims,
  ) {}

  /** The row, if this person may see it. */
  async row(viewer: Viewer, id: string): Promise<ConversationRow | undefined> {
    const [row] = await this.queries.query<ConversationRow>({
      name: 'conversation-visible',
      text: `SELECT c.* FROM conversations c WHERE c.id = $1 AND ${visibleTo('c', 2)}`,
      values: [id, ...visibleValues(viewer)],
    });
    return row;
  }

  async show(viewer: Viewer, id: string, now: Date): Promise<Conversation | undefined> {
    const row = await this.row(viewer, id);
    if (!row) return undefined;
    const [[item], party, holders, suggested, clocks, draft, others, readPosition] = await Promise.all([
      this.list.byIds(viewer, [id], now),
      this.party(row),
      row.address_id ? this.contacts.holdersOf(this.queries, row.address_id) : [],
      row.claim_id ? [] : this.suggested(viewer, row),
      this.clocks(id),
      this.desk.draft(this.queries, viewer.id, id),
      this.others(viewer, row),
      this.desk.readPosition(this.queries, viewer.id, id),
    ]);
    return {
      ...item!,
      openedAt: row.opened_at.toISOString(),
      toFile: row.to_file,
      contactId: row.contact_id,
      party,
      holders: holders.length > 1 ? holders.map((holder) => ({ id: holder.id, name: holder.name })) : [],
      suggestedClaims: suggested,
      clocks,
      draft: draft ? { text: draft.text, kind: draft.kind, channel: draft.channel, updatedAt: draft.updated_at.toISOString() } : null,
      others,
      readPosition,
    };
  }

  // Whose party the customer is comes first; of a stranger their own words tell.
  private async suggested(viewer: Viewer, row: ConversationRow): Promise<Conversation['suggestedClaims']> {
    const own = await this.claims.openFor(this.queries, viewer, row.contact_id);
    const told = await this.suggestions.of(this.queries, viewer, row.id);
    const known = own.map(({ number, stage, line }) => ({ number, stage, line, reason: 'party-of-claim' }));
    return [...told.filter(({ number }) => !known.some((one) => one.number === number)), ...known];
  }

  private async party(row: ConversationRow): Promise<Conversation['party']> {
    if (!row.party_id) return null;
    const [party] = await this.queries.query<{ id: string; role: string; name: string }>({
      name: 'conversation-party',
      text: 'SELECT id, role, name FROM claim_parties WHERE id = $1',
      values: [row.party_id],
    });
    return party ?? null;
  }

  private async clocks(id: string): Promise<Conversation['clocks']> {
    const rows = await this.queries.query<{
      id: string;
      policy: string;
      deadline: Date;
      started_at: Date;
      state: Conversation['clocks'][number]['state'];
    }>({
      name: 'conversation-clocks',
      text: 'SELECT id, policy, deadline, started_at, state FROM clocks WHERE conversation_id = $1 AND ended_at IS NULL ORDER BY deadline',
      values: [id],
    });
    return rows.map((row) => ({
      id: row.id,
      policy: row.policy,
      deadline: row.deadline.toISOString(),
      startedAt: row.started_at.toISOString(),
      state: row.state,
    }));
  }

  private async others(viewer: Viewer, row: ConversationRow): Promise<Conversation['others']> {
    const rows = await this.queries.query<{
      id: string;
      claim_number: string | null;
      status: Conversation['status'];
      last_message_at: Date;
      preview: string;
    }>({
      name: 'conversation-others',
      text: `SELECT c.id, c.claim_number, c.status, c.last_message_at, c.preview FROM conversations c
             WHERE (c.contact_id = $1 OR c.claim_id = $2) AND c.id <> $3 AND ${visibleTo('c', 4)} ORDER BY c.last_message_at DESC LIMIT 20`,
      values: [row.contact_id, row.claim_id, row.id, ...visibleValues(viewer)],
    });
    return rows.map((other) => ({
      id: other.id,
      claim: other.claim_number,
      status: other.status,
      lastMessageAt: other.last_message_at.toISOString(),
      preview: other.preview,
    }));
  }
}
