import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The checklist of each claim and party, what arrived for it, what was asked for when, and the steps that can be taken back. */
export class Documents1795000000016 implements MigrationInterface {
  readonly name = 'Documents1795000000016';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

const TABLES = `
  CREATE TABLE document_items (
    id uuid PRIMARY KEY,
    claim_id uuid NOT NULL REFERENCES claims ON DELETE CASCADE,
    party_id uuid REFERENCES claim_parties ON DELETE CASCADE,
    code text NOT NULL,
    place int NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'requested', 'received', 'accepted', 'rejected', 'waived')),
    reason text,
    asked int NOT NULL DEFAULT 0,
    requested_at timestamptz,
    received_at timestamptz,
    decided_at timestamptz,
    decided_by uuid REFERENCES accounts,
    version int NOT NULL DEFAULT 1,
    created_at timestamptz NOT NULL,
    UNIQUE NULLS NOT DISTINCT (claim_id, party_id, code)
  );
  CREATE TABLE document_files (
    id uuid PRIMARY KEY,
    claim_id uuid NOT NULL REFERENCES claims ON DELETE CASCADE,
    item_id uuid REFERENCES document_items ON DELETE CASCADE,
    attachment_id uuid NOT NULL UNIQUE REFERENCES attachments ON DELETE CASCADE,
    sha256 bytea NOT NULL,
    channel text NOT NULL,
    sender text,
    contact_id uuid,
    state text NOT NULL CHECK (state IN ('unmatched', 'suggested', 'received', 'accepted', 'rejected', 'duplicate')),
    why text NOT NULL,
    arrived_at timestamptz NOT NULL,
    decided_at timestamptz,
    decided_by uuid REFERENCES accounts
  );
  CREATE INDEX document_files_claim ON document_files (claim_id, arrived_at);
  CREATE INDEX document_files_item ON document_files (item_id) WHERE item_id IS NOT NULL;
  CREATE TABLE document_requests (
    id uuid PRIMARY KEY,
    claim_id uuid NOT NULL REFERENCES claims ON DELETE CASCADE,
    party_id uuid REFERENCES claim_parties ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('request', 'rejection')),
    item_ids uuid[] NOT NULL,
    round int NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'told', 'not-sent', 'canceled')),
    override_reason text,
    requested_by uuid REFERENCES accounts,
    tell_at timestamptz NOT NULL,
    told_at timestamptz,
    notice_id uuid,
    arrived_at timestamptz,
    reminders int NOT NULL DEFAULT 0,
    remind_at timestamptz,
    created_at timestamptz NOT NULL
  );
  CREATE INDEX document_requests_claim ON document_requests (claim_id, created_at);
  CREATE INDEX document_requests_waiting ON document_requests (tell_at) WHERE state = 'waiting';
  CREATE INDEX document_requests_reminders ON document_requests (remind_at) WHERE remind_at IS NOT NULL;
  CREATE INDEX document_requests_notice ON document_requests (notice_id) WHERE notice_id IS NOT NULL;
  CREATE TABLE document_steps (
    id uuid PRIMARY KEY,
    claim_id uuid NOT NULL REFERENCES claims ON DELETE CASCADE,
    act text NOT NULL,
    by uuid,
    at timestamptz NOT NULL,
    before jsonb NOT NULL,
    undone_at timestamptz
  );
  CREATE INDEX document_steps_claim ON document_steps (claim_id, at);
`;
