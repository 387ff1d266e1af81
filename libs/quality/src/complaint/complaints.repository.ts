import type { Queries, Transaction } from '@claimline/database';
import type { ComplaintNoteRecord, ComplaintRecord, ComplaintStepRecord, CorrectiveActionRecord } from './complaint.entity';

const COLUMNS = `
  id, number, state, source, signals, conversation_id AS "conversationId", message_id AS "messageId", contact_id AS "contactId", brand_id AS "brandId",
  claim_id AS "claimId", channel, content, demand, representatives, regulator, category, root_cause AS "rootCause", against, officer_id AS "officerId",
  investigator_id AS "investigatorId", proposal, proposal_owner_id AS "proposalOwnerId", proposal_due_at AS "proposalDueAt", agreement,
  agreement_message_id AS "agreementMessageId", routes, outcome_message_id AS "outcomeMessageId", outcome_sent_at AS "outcomeSentAt", score, reopened,
  extensions, end_reason AS "endReason", opened_by AS "openedBy", received_at AS "receivedAt", opened_at AS "openedAt", ended_at AS "endedAt"`;

const OVER = `('closed', 'withdrawn', 'dismissed')`;

/** A draft to be. */
export type NewComplaint = Pick<
  ComplaintRecord,
  | 'id'
  | 'source'
  | 'signals'
  | 'conversationId'
  | 'messageId'
  | 'contactId'
  | 'brandId'
  | 'claimId'
  | 'channel'
  | 'content'
  | 'regulator'
  | 'against'
  | 'officerId'
  | 'openedBy'
  | 'receivedAt'
  | 'openedAt'
>;

/** Where complaints are kept. */
export class ComplaintStore {
  /** Writes a draft; undefined when the conversation has a complaint that is not over. */
  async add(tx: Transaction, draft: NewComplaint): Promise<ComplaintRecord | undefined> {
    const [row] = await tx.query<ComplaintRecord>({
      name: 'complaint-add',
      text: `INSERT INTO complaints (id, number, state, source, signals, conversation_id, message_id, contact_id, brand_id, claim_id, channel, content, regulator,
               against, officer_id, opened_by, received_at, opened_at)
             SELECT $1, 'CP-' || extract(year FROM $15::timestamptz) || '-' || lpad(nextval('complaint_numbers')::text, 6, '0'), 'draft', $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,
               $12, $13, $14, $15, $16
             ON CONFLICT DO NOTHING RETURNING ${COLUMNS}`,
      values: [
        draft.id,
        draft.source,
        draft.signals,
        draft.conversationId,
        draft.messageId,
        draft.contactId,
        draft.brandId,
        draft.claimId,
        draft.channel,
        draft.content,
        draft.regulator,
        draft.against,
        draft.officerId,
        draft.openedBy,
        draft.receivedAt,
        draft.openedAt,
      ],
    });
    return row;
  }

  async lock(tx: Transaction, id: string): Promise<ComplaintRecord | undefined> {
    const text = `SELECT ${COLUMNS} FROM complaints WHERE id = $1 FOR UPDATE`;
    const [row] = await tx.query<ComplaintRecord>({ name: 'complaint-lock', text, values: [id] });
    return row;
  }

  async find(queries: Queries, id: string): Promise<ComplaintRecord | undefined> {
    const text = `SELECT ${COLUMNS} FROM complaints WHERE id = $1`;
    const [row] = await queries.query<ComplaintRecord>({ name: 'complaint-find', text, values: [id] });
    return row;
  }

  /** The complaint of a conversation that is not over. */
  async openOf(queries: Queries, conversationId: string): Promise<ComplaintRecord | undefined> {
    const text = `SELECT ${COLUMNS} FROM complaints WHERE conversation_id = $1 AND state NOT IN ${OVER}`;
    const [row] = await queries.query<ComplaintRecord>({ name: 'complaint-open-of', text, values: [conversationId] });
    return row;
  }

  /** The complaint whose outcome is told by this message. */
  async byOutcome(queries: Queries, messageId: string): Promise<ComplaintRecord | undefined> {
    const text = `SELECT ${COLUMNS} FROM complaints WHERE outcome_message_id = $1`;
    const [row] = await queries.query<ComplaintRecord>({ name: 'complaint-by-outcome', text, values: [messageId] });
    return row;
  }

  async save(tx: Transaction, complaint: ComplaintRecord): Promise<void> {
    await tx.query({
      name: 'complaint-save',
      text: `UPDATE complaints SET state = $2, content = $3, demand = $4, representatives = $5, regulator = $6, category = $7, root_cause = $8, against = $9, officer_id = $10,
               investigator_id = $11, proposal = $12, proposal_owner_id = $13, proposal_due_at = $14, agreement = $15, agreement_message_id = $16, routes = $17,
               outcome_message_id = $18, outcome_sent_at = $19, score = $20, reopened = $21, extensions = $22, end_reason = $23, ended_at = $24, claim_id = $25 WHERE id = $1`,
      values: [
        complaint.id,
        complaint.state,
        complaint.content,
        complaint.demand,
        complaint.representatives,
        complaint.regulator,
        complaint.category,
        complaint.rootCause,
        complaint.against,
        complaint.officerId,
        complaint.investigatorId,
        complaint.proposal,
        complaint.proposalOwnerId,
        complaint.proposalDueAt,
        complaint.agreement,
        complaint.agreementMessageId,
        complaint.routes,
        complaint.outcomeMessageId,
        complaint.outcomeSentAt,
        complaint.score,
        complaint.reopened,
        complaint.extensions,
        complaint.endReason,
        complaint.endedAt,
        complaint.claimId,
      ],
    });
  }

  async addStep(tx: Transaction, step: ComplaintStepRecord): Promise<void> {
    await tx.query({
      name: 'complaint-step',
      text: 'INSERT INTO complaint_steps (id, complaint_id, act, from_state, to_state, actor_id, facts, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      values: [step.id, step.complaintId, step.act, step.fromState, step.toState, step.actorId, JSON.stringify(step.facts), step.at],
    });
  }

  /** Fails with 23514 `complaints_recusal` where its author is complained about. */
  async addNote(tx: Transaction, note: ComplaintNoteRecord): Promise<void> {
    await tx.query({
      name: 'complaint-note',
      text: 'INSERT INTO complaint_notes (id, complaint_id, kind, text, message_id, attachment_id, author_id, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      values: [note.id, note.complaintId, note.kind, note.text, note.messageId, note.attachmentId, note.authorId, note.at],
    });
  }

  async addAction(tx: Transaction, action: Omit<CorrectiveActionRecord, 'doneAt' | 'result'>): Promise<void> {
    await tx.query({
      name: 'corrective-action-add',
      text: 'INSERT INTO corrective_actions (id, root_cause, month, action, owner_id, due_at, created_by, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      values: [action.id, action.rootCause, action.month, action.action, action.ownerId, action.dueAt, action.createdBy, action.createdAt],
    });
  }

  /** False: there is no such open action. */
  async finishAction(tx: Transaction, id: string, end: { readonly result: string; readonly at: Date }): Promise<boolean> {
    const rows = await tx.query({
      name: 'corrective-action-done',
      text: 'UPDATE corrective_actions SET done_at = $2, result = $3 WHERE id = $1 AND done_at IS NULL RETURNING id',
      values: [id, end.at, end.result],
    });
    return rows.length > 0;
  }
}
