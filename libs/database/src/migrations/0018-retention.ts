import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What lets tables be kept small: facts that outlive the log, indexes by which old rows are found, and vacuum settings of tables that churn. */
export class Retention1795000000018 implements MigrationInterface {
  readonly name = 'Retention1795000000018';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(FACTS);
    await runner.query(SWEEPS);
    await runner.query(EXPIRY);
    await runner.query(REFERENCES);
    await runner.query(CHURN);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

// Threads show facts of years ago; the log is kept for weeks. A fact has the position that it had in the log.
// The index of the log holds these types only: most events are none, and an entry by conversation costs a page of its own for each of them.
const FACTS = `
  CREATE TABLE conversation_facts (
    position bigint PRIMARY KEY,
    id uuid NOT NULL,
    type text NOT NULL,
    conversation_id uuid NOT NULL,
    payload jsonb NOT NULL,
    at timestamptz NOT NULL
  );
  CREATE INDEX conversation_facts_conversation ON conversation_facts (conversation_id, position);
  DROP INDEX event_log_conversation;
  CREATE INDEX event_log_conversation ON event_log (conversation_id, position) WHERE type IN (
    'conversation.assigned', 'conversation.snoozed', 'conversation.woken', 'conversation.resolved', 'conversation.reopened', 'conversation.linked',
    'message.moved', 'claim.changed', 'notice.settled', 'consent.changed', 'task.created', 'task.closed', 'clock.breached', 'payee.chosen');
  CREATE INDEX event_log_sent ON event_log (at) WHERE type = 'message.sent';
`;

// Each message moves its conversation in every list that it stands in: whoever waits for an adjuster stands in no adjuster's.
// Asked each second: what belongs to everybody who is away, and reports left half written of which nobody has been reminded yet.
const SWEEPS = `
  DROP INDEX conversations_mine;
  CREATE INDEX conversations_mine ON conversations (assignee_id, urgency, next_due_at, last_message_at, id) WHERE status = 'open' AND assignee_id IS NOT NULL;
  CREATE INDEX conversations_snoozed_by ON conversations (assignee_id) WHERE status = 'snoozed';
  CREATE INDEX fnol_drafts_left ON fnol_drafts (updated_at) WHERE state = 'open' AND reminded_at IS NULL;
`;

// Every removal starts at the oldest row and takes so many: it needs the time in an index. Partial ones cost nothing where a row is not to go.
const EXPIRY = `
  CREATE INDEX sessions_expiry ON sessions (expires_at);
  CREATE INDEX rate_counters_window ON rate_counters (window_start);
  CREATE INDEX delivery_reports_at ON delivery_reports (at);
  CREATE INDEX step_up_codes_expiry ON step_up_codes (expires_at);
  CREATE INDEX sealed_words_secret ON sealed_words (message_id) WHERE kind = 'secret';
  CREATE INDEX visitors_idle ON visitors (seen_at);
  CREATE INDEX inbound_keys_without_message ON inbound_keys (at) WHERE message_id IS NULL;
  CREATE INDEX inbound_raw_files ON inbound_raw (received_at) WHERE file_id IS NOT NULL;
  CREATE INDEX needs_look_raw ON needs_look (raw_at) WHERE state = 'open' AND raw_id IS NOT NULL;
  CREATE INDEX needs_look_settled ON needs_look (settled_at) WHERE state <> 'open';
  CREATE INDEX files_storage ON files (storage_key);
`;

// A row that is removed is looked for in the tables that point at it; and two contacts that become one are looked for wherever a contact is named.
const REFERENCES = `
  CREATE INDEX attachments_file ON attachments (file_id) WHERE file_id IS NOT NULL;
  CREATE INDEX portal_grants_link ON portal_grants (link_id) WHERE link_id IS NOT NULL;
  CREATE INDEX notices_contact ON notices (contact_id) WHERE contact_id IS NOT NULL;
  CREATE INDEX tasks_contact ON tasks (contact_id) WHERE contact_id IS NOT NULL;
  CREATE INDEX fnol_drafts_contact ON fnol_drafts (contact_id) WHERE contact_id IS NOT NULL;
  CREATE INDEX promises_contact ON promises (contact_id) WHERE contact_id IS NOT NULL;
  CREATE INDEX survey_responses_contact ON survey_responses (contact_id) WHERE contact_id IS NOT NULL;
  CREATE INDEX survey_invitations_person ON survey_invitations (contact_id) WHERE contact_id IS NOT NULL;
  CREATE INDEX document_files_contact ON document_files (contact_id) WHERE contact_id IS NOT NULL;
`;

// A fifth of a table, PostgreSQL's own measure, is a million dead rows at five million: what changes all day is cleaned after so many changes instead.
// Rows that are written over again and again find room on their own page (fillfactor), so that no index has to learn of it.
// Sealed bytes do not compress: EXTERNAL spares the attempt.
const CHURN = `
  ALTER TABLE conversations SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_scale_factor = 0.02);
  ALTER TABLE deliveries SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000, autovacuum_analyze_scale_factor = 0.02);
  ALTER TABLE work_items SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 1000);
  ALTER TABLE addresses SET (fillfactor = 90, autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 5000);
  ALTER TABLE event_log SET (autovacuum_vacuum_scale_factor = 0.01, autovacuum_vacuum_threshold = 20000, autovacuum_vacuum_insert_scale_factor = 0.05);
  ALTER TABLE message_words SET (autovacuum_vacuum_insert_scale_factor = 0.02, autovacuum_vacuum_insert_threshold = 5000);
  ALTER TABLE idempotency_keys SET (fillfactor = 80, autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 1000);
  ALTER TABLE rate_counters SET (fillfactor = 70, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000);
  ALTER TABLE sessions SET (fillfactor = 80);
  ALTER TABLE consumers SET (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);
  ALTER TABLE leases SET (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);
  ALTER TABLE inbox_circuits SET (fillfactor = 20, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);
  ALTER TABLE presence_connections SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 200);
  ALTER TABLE adjusters SET (fillfactor = 50, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500);
  ALTER TABLE inbound_raw ALTER COLUMN sealed SET STORAGE EXTERNAL;
  ALTER TABLE message_originals ALTER COLUMN sealed SET STORAGE EXTERNAL;
  ALTER TABLE claim_events ALTER COLUMN sealed SET STORAGE EXTERNAL;
`;
