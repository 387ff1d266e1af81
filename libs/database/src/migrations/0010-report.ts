import type { MigrationInterface, QueryRunner } from 'typeorm';

/** First notices of loss: drafts, policies that were imported to find them by, and what goes out to the claim core. */
export class Report1795000000010 implements MigrationInterface {
  readonly name = 'Report1795000000010';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

// A conversation has one report that is being written; what was submitted stays as it was told to the claim core.
// claim_core_events.position is null until the log has put the event into its place: whoever reads by position misses none.
const TABLES = `
  CREATE TABLE fnol_drafts (
    id uuid PRIMARY KEY,
    brand_id uuid NOT NULL REFERENCES brands,
    conversation_id uuid REFERENCES conversations,
    contact_id uuid REFERENCES contacts,
    channel text NOT NULL,
    state text NOT NULL CHECK (state IN ('open', 'submitted', 'reported', 'discarded')),
    fields jsonb NOT NULL,
    policy_number text,
    loss_date date,
    loss_kind text,
    line_of_business text,
    apart_from text[] NOT NULL DEFAULT '{}',
    version int NOT NULL DEFAULT 0,
    loss_stated_at timestamptz NOT NULL,
    created_by uuid,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL,
    reminded_at timestamptz,
    submitted_by uuid,
    submitted_at timestamptz,
    claim_number text
  );
  CREATE UNIQUE INDEX fnol_drafts_conversation ON fnol_drafts (conversation_id) WHERE state = 'open' AND conversation_id IS NOT NULL;
  CREATE INDEX fnol_drafts_open ON fnol_drafts (updated_at DESC, id DESC) WHERE state = 'open';
  CREATE INDEX fnol_drafts_policy ON fnol_drafts (policy_number, loss_date) WHERE policy_number IS NOT NULL;
  CREATE INDEX claims_policy ON claims (policy_number, loss_date) WHERE policy_number IS NOT NULL;
  CREATE TABLE policies (
    number text PRIMARY KEY,
    line_of_business text NOT NULL,
    holder text NOT NULL,
    phone text,
    plate text,
    starts_on date,
    ends_on date,
    number_key text NOT NULL,
    phone_key text,
    plate_key text,
    imported_at timestamptz NOT NULL
  );
  CREATE INDEX policies_number ON policies (number_key);
  CREATE INDEX policies_number_end ON policies (reverse(number_key) text_pattern_ops);
  CREATE INDEX policies_phone ON policies (phone_key);
  CREATE INDEX policies_plate ON policies (plate_key);
  CREATE TABLE claim_core_events (
    id uuid PRIMARY KEY,
    position bigint UNIQUE,
    type text NOT NULL,
    subject text NOT NULL,
    key_id text NOT NULL,
    sealed bytea NOT NULL,
    state text NOT NULL CHECK (state IN ('due', 'delivered', 'failed', 'to-be-pulled')),
    attempts int NOT NULL DEFAULT 0,
    last_status int,
    problem text,
    tried_at timestamptz,
    delivered_at timestamptz,
    created_at timestamptz NOT NULL
  );
  CREATE INDEX claim_core_events_newest ON claim_core_events (created_at DESC, id DESC);
`;
