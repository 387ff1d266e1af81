import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Inboxes with their secrets and state, files, attachments, deliveries. */
export class Delivery1795000000004 implements MigrationInterface {
  readonly name = 'Delivery1795000000004';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

const TABLES = `
  CREATE TABLE inboxes (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    name text NOT NULL,
    address text NOT NULL,
    region text NOT NULL,
    brand_id uuid NOT NULL REFERENCES brands,
    team_id uuid REFERENCES teams,
    config jsonb NOT NULL,
    secrets_key_id text NOT NULL,
    secrets_sealed bytea NOT NULL,
    state text NOT NULL DEFAULT 'active' CHECK (state IN ('active', 'stopped')),
    stopped_reason text,
    sends_per_second real CHECK (sends_per_second > 0),
    demo boolean NOT NULL DEFAULT false,
    version int NOT NULL DEFAULT 1,
    last_inbound_at timestamptz,
    created_at timestamptz NOT NULL,
    UNIQUE (kind, address)
  );
  CREATE TABLE inbox_state (
    inbox_id uuid NOT NULL REFERENCES inboxes ON DELETE CASCADE,
    key text NOT NULL,
    value jsonb NOT NULL,
    version int NOT NULL,
    PRIMARY KEY (inbox_id, key)
  );
  CREATE TABLE files (
    id uuid PRIMARY KEY,
    storage_key text NOT NULL,
    sha256 bytea NOT NULL,
    size bigint NOT NULL,
    name text NOT NULL,
    content_type text NOT NULL,
    thumbnail_key text,
    uploaded_by text,
    created_at timestamptz NOT NULL
  );
  CREATE TABLE attachments (
    id uuid PRIMARY KEY,
    message_id uuid REFERENCES messages ON DELETE CASCADE,
    conversation_id uuid,
    place int NOT NULL DEFAULT 0,
    file_id uuid REFERENCES files,
    inbox_id uuid,
    media jsonb,
    name text NOT NULL,
    content_type text NOT NULL,
    size bigint,
    duration int,
    transcript text,
    content_id text,
    state text NOT NULL CHECK (state IN ('pending', 'stored', 'failed', 'quarantined')),
    problem text,
    attempts int NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL
  );
  CREATE INDEX attachments_message ON attachments (message_id, place);
  CREATE INDEX attachments_pending ON attachments (created_at) WHERE state = 'pending';
  CREATE TABLE deliveries (
    id uuid PRIMARY KEY,
    message_id uuid NOT NULL REFERENCES messages,
    conversation_id uuid NOT NULL,
    inbox_id uuid NOT NULL REFERENCES inboxes,
    channel text NOT NULL,
    address_id uuid REFERENCES addresses,
    to_value text NOT NULL,
    attempt int NOT NULL DEFAULT 1,
    purpose text NOT NULL CHECK (purpose IN ('reply', 'notice', 'automatic', 'broadcast')),
    priority int NOT NULL,
    state text NOT NULL,
    reason text,
    vendor_code text,
    external_id text,
    template jsonb,
    privacy text,
    fallback_of uuid,
    due_at timestamptz NOT NULL,
    expires_at timestamptz,
    tries int NOT NULL DEFAULT 0,
    asks int NOT NULL DEFAULT 0,
    lease_until timestamptz,
    lease_holder uuid,
    first_tried_at timestamptz,
    settled_at timestamptz,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL,
    UNIQUE (message_id, to_value, channel, attempt)
  ) WITH (fillfactor = 80);
  CREATE INDEX deliveries_due ON deliveries (inbox_id, priority, due_at, id) WHERE state = 'due';
  CREATE INDEX deliveries_expiring ON deliveries (expires_at) WHERE state = 'due' AND expires_at IS NOT NULL;
  CREATE INDEX deliveries_held ON deliveries (due_at) WHERE state = 'held';
  CREATE INDEX deliveries_sending ON deliveries (lease_until) WHERE state = 'sending';
  CREATE INDEX deliveries_uncertain ON deliveries (due_at) WHERE state = 'uncertain' AND reason IS NULL;
  CREATE INDEX deliveries_order ON deliveries (conversation_id, to_value, channel, created_at, id) WHERE state IN ('due', 'sending', 'uncertain');
  CREATE INDEX deliveries_address ON deliveries (address_id, created_at) WHERE address_id IS NOT NULL;
  CREATE UNIQUE INDEX deliveries_external ON deliveries (inbox_id, external_id) WHERE external_id IS NOT NULL;
  CREATE INDEX deliveries_message ON deliveries (message_id);
  CREATE INDEX deliveries_conversation ON deliveries (conversation_id, created_at);
  CREATE TABLE delivery_reports (
    inbox_id uuid NOT NULL,
    external_id text NOT NULL,
    state text NOT NULL,
    reason text,
    vendor_code text,
    at timestamptz NOT NULL,
    PRIMARY KEY (inbox_id, external_id, state)
  );
  CREATE TABLE inbox_circuits (
    inbox_id uuid PRIMARY KEY REFERENCES inboxes ON DELETE CASCADE,
    failures int NOT NULL DEFAULT 0,
    open_until timestamptz,
    probing boolean NOT NULL DEFAULT false,
    tokens real,
    tokens_at timestamptz
  );
`;
