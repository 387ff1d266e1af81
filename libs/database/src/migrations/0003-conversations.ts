import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Contacts with their addresses, claims' place in conversations, threads, and the words by which they are found. */
export class Conversations1795000000003 implements MigrationInterface {
  readonly name = 'Conversations1795000000003';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(CONTACTS);
    await runner.query(CONVERSATIONS);
    await runner.query(MESSAGES);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

// addresses.contact_id is whom a message from there is from: the one holder, or the 'shared' contact that stands for several.
const CONTACTS = `
  CREATE TABLE contacts (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('person', 'organisation', 'gateway', 'shared')),
    name text NOT NULL,
    salutation text,
    language text,
    time_zone text,
    external_id text UNIQUE,
    labels text[] NOT NULL DEFAULT '{}',
    deceased boolean NOT NULL DEFAULT false,
    words tsvector,
    created_at timestamptz NOT NULL
  );
  CREATE INDEX contacts_words ON contacts USING gin (words);
  CREATE INDEX contacts_name ON contacts (name);
  CREATE TABLE addresses (
    id uuid PRIMARY KEY,
    scheme text NOT NULL,
    scope text NOT NULL,
    value text NOT NULL,
    name text,
    contact_id uuid NOT NULL REFERENCES contacts,
    unusable text,
    created_at timestamptz NOT NULL,
    seen_at timestamptz,
    UNIQUE (scheme, scope, value)
  );
  CREATE INDEX addresses_contact ON addresses (contact_id);
  CREATE INDEX addresses_value ON addresses (value);
  CREATE TABLE contact_addresses (
    contact_id uuid NOT NULL REFERENCES contacts,
    address_id uuid NOT NULL REFERENCES addresses,
    level text NOT NULL CHECK (level IN ('claimed', 'verified')),
    verified_at timestamptz,
    since timestamptz NOT NULL,
    PRIMARY KEY (contact_id, address_id)
  );
  CREATE INDEX contact_addresses_address ON contact_addresses (address_id);
`;

const CONVERSATIONS = `
  CREATE TABLE conversations (
    id uuid PRIMARY KEY,
    contact_id uuid NOT NULL REFERENCES contacts,
    claim_id uuid,
    claim_number text,
    party_id uuid,
    brand_id uuid NOT NULL REFERENCES brands,
    team_id uuid REFERENCES teams,
    assignee_id uuid REFERENCES accounts,
    restricted_to text,
    status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'snoozed', 'resolved')),
    snoozed_until timestamptz,
    to_file boolean NOT NULL DEFAULT false,
    subject text,
    labels text[] NOT NULL DEFAULT '{}',
    language text,
    inbox_id uuid,
    channel text NOT NULL,
    address_id uuid REFERENCES addresses,
    preview text NOT NULL DEFAULT '',
    preview_direction text NOT NULL DEFAULT 'inbound',
    awaiting_reply boolean NOT NULL DEFAULT false,
    message_count int NOT NULL DEFAULT 0,
    inbound_count int NOT NULL DEFAULT 0,
    last_message_at timestamptz NOT NULL,
    last_inbound_at timestamptz,
    next_due_at timestamptz,
    next_due_kind text,
    opened_at timestamptz NOT NULL,
    resolved_at timestamptz,
    linked_from uuid
  ) WITH (fillfactor = 85);
  CREATE UNIQUE INDEX conversations_open_bound ON conversations (contact_id, claim_id) WHERE status <> 'resolved' AND claim_id IS NOT NULL;
  CREATE UNIQUE INDEX conversations_open_unbound ON conversations (contact_id) WHERE status <> 'resolved' AND claim_id IS NULL;
  CREATE INDEX conversations_contact ON conversations (contact_id, last_message_at DESC);
  CREATE INDEX conversations_claim ON conversations (claim_id) WHERE claim_id IS NOT NULL;
  CREATE INDEX conversations_all ON conversations (last_message_at DESC, id DESC);
  CREATE INDEX conversations_mine ON conversations (assignee_id, next_due_at, last_message_at, id) WHERE status = 'open';
  CREATE INDEX conversations_unassigned ON conversations (next_due_at, last_message_at, id) WHERE status = 'open' AND assignee_id IS NULL;
  CREATE INDEX conversations_to_file ON conversations (last_message_at DESC, id DESC) WHERE status = 'open' AND to_file;
  CREATE INDEX conversations_snoozed ON conversations (snoozed_until) WHERE status = 'snoozed';
  CREATE INDEX conversations_resolved ON conversations (resolved_at DESC, id DESC) WHERE status = 'resolved';
  CREATE TABLE conversation_reads (
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    position int NOT NULL,
    inbound_seen int NOT NULL,
    PRIMARY KEY (account_id, conversation_id)
  );
  CREATE TABLE drafts (
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    text text NOT NULL,
    kind text NOT NULL,
    channel text,
    updated_at timestamptz NOT NULL,
    PRIMARY KEY (account_id, conversation_id)
  );
`;

const MESSAGES = `
  CREATE TABLE messages (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES conversations,
    seq int NOT NULL,
    direction text NOT NULL CHECK (direction IN ('inbound', 'outbound', 'internal')),
    kind text NOT NULL CHECK (kind IN ('text', 'note', 'call', 'letter', 'visit', 'notice')),
    channel text,
    inbox_id uuid,
    from_value text,
    from_name text,
    from_address_id uuid,
    to_values text[] NOT NULL DEFAULT '{}',
    cc_values text[] NOT NULL DEFAULT '{}',
    subject text,
    text text NOT NULL,
    quoted text,
    author_id uuid REFERENCES accounts,
    notice_id uuid UNIQUE,
    client_id text,
    facts jsonb,
    has_original boolean NOT NULL DEFAULT false,
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL
  );
  CREATE INDEX messages_thread ON messages (conversation_id, occurred_at, id);
  CREATE INDEX messages_seq ON messages (conversation_id, seq);
  CREATE UNIQUE INDEX messages_client ON messages (conversation_id, client_id) WHERE client_id IS NOT NULL;
  CREATE TABLE message_originals (
    message_id uuid PRIMARY KEY REFERENCES messages ON DELETE CASCADE,
    key_id text NOT NULL,
    sealed bytea NOT NULL
  );
  CREATE TABLE message_references (
    reference text NOT NULL,
    inbox_id uuid NOT NULL,
    message_id uuid NOT NULL REFERENCES messages ON DELETE CASCADE,
    conversation_id uuid NOT NULL,
    PRIMARY KEY (reference, inbox_id)
  );
  CREATE INDEX message_references_message ON message_references (message_id);
  CREATE TABLE message_words (
    message_id uuid PRIMARY KEY REFERENCES messages ON DELETE CASCADE,
    conversation_id uuid NOT NULL,
    at timestamptz NOT NULL,
    words tsvector NOT NULL
  );
  CREATE INDEX message_words_words ON message_words USING gin (words);
  CREATE TABLE inbound_keys (
    inbox_id uuid NOT NULL,
    kind text NOT NULL,
    external_id text NOT NULL,
    raw_id uuid NOT NULL,
    message_id uuid,
    at timestamptz NOT NULL,
    PRIMARY KEY (inbox_id, kind, external_id)
  );
  CREATE TABLE inbound_raw (
    id uuid NOT NULL,
    inbox_id uuid,
    door text NOT NULL,
    key_id text NOT NULL,
    sealed bytea,
    file_id uuid,
    received_at timestamptz NOT NULL,
    PRIMARY KEY (received_at, id)
  ) PARTITION BY RANGE (received_at);
  CREATE TABLE inbound_raw_rest PARTITION OF inbound_raw DEFAULT;
  CREATE TABLE needs_look (
    id uuid PRIMARY KEY,
    inbox_id uuid,
    raw_id uuid,
    raw_at timestamptz,
    reason text NOT NULL,
    detail text NOT NULL,
    key text NOT NULL UNIQUE,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'replayed', 'dismissed')),
    received_at timestamptz NOT NULL,
    settled_at timestamptz,
    settled_by uuid
  );
  CREATE INDEX needs_look_open ON needs_look (received_at DESC, id DESC) WHERE state = 'open';
  CREATE TABLE calls (
    id uuid PRIMARY KEY,
    inbox_id uuid NOT NULL,
    external_id text NOT NULL,
    conversation_id uuid NOT NULL REFERENCES conversations,
    message_id uuid NOT NULL REFERENCES messages,
    direction text NOT NULL,
    from_value text NOT NULL,
    language text,
    state jsonb NOT NULL DEFAULT '{}',
    answer text,
    outcome text,
    seconds int,
    started_at timestamptz NOT NULL,
    ended_at timestamptz,
    UNIQUE (inbox_id, external_id)
  );
  CREATE INDEX calls_message ON calls (message_id);
  CREATE INDEX calls_started ON calls (started_at);
  CREATE TABLE visitors (
    id text PRIMARY KEY,
    inbox_id uuid NOT NULL,
    token_hash bytea NOT NULL UNIQUE,
    user_id text,
    created_at timestamptz NOT NULL,
    seen_at timestamptz NOT NULL,
    read_seq int NOT NULL DEFAULT 0
  );
  CREATE INDEX visitors_seen ON visitors (inbox_id, seen_at DESC);
  CREATE TABLE visitor_messages (
    visitor_id text NOT NULL REFERENCES visitors ON DELETE CASCADE,
    seq int NOT NULL,
    message_id uuid NOT NULL REFERENCES messages ON DELETE CASCADE,
    PRIMARY KEY (visitor_id, seq),
    UNIQUE (message_id, visitor_id)
  );
`;
