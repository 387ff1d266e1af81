import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Catastrophes, marks by which the same loss is recognised, bulk runs, broadcasts; the injured stand first in the inbox. */
export class Storm1795000000011 implements MigrationInterface {
  readonly name = 'Storm1795000000011';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(INBOX);
    await runner.query(CATASTROPHES);
    await runner.query(BULK);
    await runner.query(BROADCASTS);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

// 0: somebody is hurt and waits for an answer. Part of the due lists' indexes, so that the first page stays one index read.
const INBOX = `
  ALTER TABLE conversations ADD COLUMN urgency int NOT NULL
    GENERATED ALWAYS AS (CASE WHEN awaiting_reply AND labels && ARRAY['injury', 'fatality']::text[] THEN 0 ELSE 1 END) STORED;
  DROP INDEX conversations_mine;
  DROP INDEX conversations_unassigned;
  CREATE INDEX conversations_mine ON conversations (assignee_id, urgency, next_due_at, last_message_at, id) WHERE status = 'open';
  CREATE INDEX conversations_unassigned ON conversations (urgency, next_due_at, last_message_at, id) WHERE status = 'open' AND assignee_id IS NULL;
  CREATE INDEX conversations_due ON conversations (urgency, next_due_at, last_message_at, id) WHERE status = 'open';
  CREATE INDEX conversations_labels ON conversations USING gin (labels) WHERE status <> 'resolved';
`;

const CATASTROPHES = `
  CREATE TABLE catastrophes (
    id uuid PRIMARY KEY,
    tag text NOT NULL UNIQUE,
    name text NOT NULL,
    peril text NOT NULL,
    area text NOT NULL DEFAULT '',
    jurisdictions text[] NOT NULL DEFAULT '{}',
    lines text[] NOT NULL DEFAULT '{}',
    starts_on date NOT NULL,
    ends_on date,
    words text[] NOT NULL DEFAULT '{}',
    by_rule boolean NOT NULL DEFAULT false,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'closed')),
    created_by uuid REFERENCES accounts,
    created_at timestamptz NOT NULL,
    closed_at timestamptz
  );
  CREATE TABLE catastrophe_exceptions (
    claim_id uuid NOT NULL REFERENCES claims ON DELETE CASCADE,
    tag text NOT NULL,
    by uuid NOT NULL REFERENCES accounts,
    at timestamptz NOT NULL,
    PRIMARY KEY (claim_id, tag)
  );
  CREATE INDEX claims_catastrophe ON claims (catastrophe) WHERE catastrophe IS NOT NULL;
  CREATE INDEX claims_untagged ON claims (loss_date) WHERE catastrophe IS NULL AND stage <> 'closed';
  CREATE TABLE loss_marks (
    kind text NOT NULL CHECK (kind IN ('policy', 'plate', 'phone')),
    value text NOT NULL,
    conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    at timestamptz NOT NULL,
    PRIMARY KEY (kind, value, conversation_id)
  );
  CREATE INDEX loss_marks_conversation ON loss_marks (conversation_id);
  CREATE TABLE duplicate_verdicts (
    one_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    other_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
    verdict text NOT NULL CHECK (verdict IN ('same', 'different')),
    by uuid NOT NULL REFERENCES accounts,
    at timestamptz NOT NULL,
    PRIMARY KEY (one_id, other_id),
    CHECK (one_id < other_id)
  );
`;

const BULK = `
  CREATE TABLE bulk_runs (
    id uuid PRIMARY KEY,
    kind text NOT NULL,
    act jsonb NOT NULL,
    total int NOT NULL,
    state text NOT NULL DEFAULT 'running' CHECK (state IN ('running', 'finished', 'canceled')),
    undoes uuid UNIQUE REFERENCES bulk_runs,
    by uuid NOT NULL REFERENCES accounts,
    at timestamptz NOT NULL,
    ended_at timestamptz
  );
  CREATE INDEX bulk_runs_running ON bulk_runs (at) WHERE state = 'running';
  CREATE INDEX bulk_runs_by ON bulk_runs (by, at DESC);
  CREATE TABLE bulk_items (
    run_id uuid NOT NULL REFERENCES bulk_runs ON DELETE CASCADE,
    place int NOT NULL,
    conversation_id uuid NOT NULL REFERENCES conversations,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'done', 'refused', 'canceled')),
    reason text,
    before jsonb,
    message_id uuid REFERENCES messages,
    PRIMARY KEY (run_id, place),
    UNIQUE (run_id, conversation_id)
  );
  CREATE INDEX bulk_items_waiting ON bulk_items (run_id, place) WHERE state = 'waiting';
`;

const BROADCASTS = `
  CREATE TABLE broadcasts (
    id uuid PRIMARY KEY,
    name text NOT NULL,
    template text NOT NULL,
    brand_id uuid NOT NULL REFERENCES brands,
    audience jsonb NOT NULL,
    per_hour int NOT NULL CHECK (per_hour > 0),
    any_hour boolean NOT NULL DEFAULT false,
    state text NOT NULL CHECK (state IN ('submitted', 'approved', 'running', 'paused', 'finished', 'canceled')),
    created_by uuid NOT NULL REFERENCES accounts,
    created_at timestamptz NOT NULL,
    approved_by uuid REFERENCES accounts,
    approved_at timestamptz,
    paced_from timestamptz,
    paced_count int NOT NULL DEFAULT 0,
    started_at timestamptz,
    ended_at timestamptz,
    CHECK (approved_by <> created_by)
  );
  CREATE INDEX broadcasts_running ON broadcasts (id) WHERE state = 'running';
  CREATE TABLE broadcast_recipients (
    broadcast_id uuid NOT NULL REFERENCES broadcasts ON DELETE CASCADE,
    place int NOT NULL,
    contact_id uuid REFERENCES contacts,
    claim_number text NOT NULL,
    party_id uuid NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'sent', 'not-told', 'canceled')),
    reason text,
    message_id uuid REFERENCES messages,
    conversation_id uuid REFERENCES conversations,
    settled_at timestamptz,
    PRIMARY KEY (broadcast_id, place),
    UNIQUE (broadcast_id, contact_id)
  );
  CREATE INDEX broadcast_recipients_waiting ON broadcast_recipients (broadcast_id, place) WHERE state = 'waiting';
  CREATE INDEX broadcast_recipients_message ON broadcast_recipients (message_id) WHERE message_id IS NOT NULL;
`;
