import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Adjusters as the router knows them, work items, decisions; calendars, clocks and tasks. */
export class Routing1795000000007 implements MigrationInterface {
  readonly name = 'Routing1795000000007';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
    await runner.query(QUALITY);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

const QUALITY = `
  CREATE TABLE calendars (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    time_zone text NOT NULL,
    hours jsonb NOT NULL,
    holidays date[] NOT NULL DEFAULT '{}',
    workdays date[] NOT NULL DEFAULT '{}'
  );
  CREATE TABLE clocks (
    id uuid PRIMARY KEY,
    policy text NOT NULL,
    policy_terms jsonb NOT NULL,
    calendar_id uuid REFERENCES calendars,
    conversation_id uuid,
    claim_id uuid,
    started_by jsonb NOT NULL DEFAULT '{}',
    started_at timestamptz NOT NULL,
    deadline timestamptz NOT NULL,
    warn_at timestamptz,
    state text NOT NULL CHECK (state IN ('running', 'paused', 'met', 'breached', 'canceled')),
    warned boolean NOT NULL DEFAULT false,
    paused_at timestamptz,
    pause_evidence text,
    pauses jsonb NOT NULL DEFAULT '[]',
    breached_at timestamptz,
    ended_at timestamptz,
    ended_by jsonb
  );
  CREATE INDEX clocks_conversation ON clocks (conversation_id) WHERE ended_at IS NULL;
  CREATE INDEX clocks_claim ON clocks (claim_id) WHERE ended_at IS NULL;
  CREATE INDEX clocks_due ON clocks (deadline) WHERE state = 'running' AND ended_at IS NULL;
  CREATE INDEX clocks_warn ON clocks (warn_at) WHERE state = 'running' AND ended_at IS NULL AND NOT warned;
  CREATE UNIQUE INDEX clocks_one_per_policy ON clocks (policy, conversation_id) WHERE conversation_id IS NOT NULL AND ended_at IS NULL;
  CREATE TABLE tasks (
    id uuid PRIMARY KEY,
    key text UNIQUE,
    kind text NOT NULL,
    reason text,
    params jsonb NOT NULL DEFAULT '{}',
    claim_id uuid,
    claim_number text,
    conversation_id uuid,
    contact_id uuid,
    owner_id uuid REFERENCES accounts,
    team_id uuid REFERENCES teams,
    due_at timestamptz NOT NULL,
    state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'done', 'canceled')),
    outcome text,
    note text,
    created_by uuid,
    created_at timestamptz NOT NULL,
    closed_by uuid,
    closed_at timestamptz
  );
  CREATE INDEX tasks_owner ON tasks (owner_id, due_at, id) WHERE state = 'open';
  CREATE INDEX tasks_due ON tasks (due_at, id) WHERE state = 'open';
  CREATE INDEX tasks_conversation ON tasks (conversation_id) WHERE state = 'open';
`;

const TABLES = `
  CREATE TABLE adjusters (
    account_id uuid PRIMARY KEY REFERENCES accounts ON DELETE CASCADE,
    team_ids uuid[] NOT NULL DEFAULT '{}',
    brand_ids uuid[] NOT NULL DEFAULT '{}',
    channels text[] NOT NULL DEFAULT '{}',
    lines jsonb NOT NULL DEFAULT '{}',
    languages jsonb NOT NULL DEFAULT '{}',
    licences jsonb NOT NULL DEFAULT '{}',
    authority jsonb NOT NULL DEFAULT '{}',
    groups text[] NOT NULL DEFAULT '{}',
    active boolean NOT NULL DEFAULT true,
    time_zone text NOT NULL DEFAULT 'UTC',
    capacity int NOT NULL DEFAULT 100 CHECK (capacity >= 0),
    used int NOT NULL DEFAULT 0 CHECK (used >= 0),
    over_capacity int NOT NULL DEFAULT 0 CHECK (over_capacity >= 0),
    presence text NOT NULL DEFAULT 'offline' CHECK (presence IN ('online', 'busy', 'away', 'offline')),
    chosen_presence text NOT NULL DEFAULT 'online',
    presence_since timestamptz,
    idle_since timestamptz,
    CONSTRAINT adjusters_within_capacity CHECK (used <= capacity + over_capacity)
  );
  CREATE TABLE presence_connections (
    account_id uuid NOT NULL REFERENCES adjusters ON DELETE CASCADE,
    hub text NOT NULL,
    until timestamptz NOT NULL,
    PRIMARY KEY (account_id, hub)
  );
  CREATE INDEX presence_connections_until ON presence_connections (until);
  CREATE TABLE work_items (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES conversations,
    state text NOT NULL CHECK (state IN ('waiting', 'reserved', 'done')),
    work text NOT NULL,
    units int NOT NULL CHECK (units >= 0),
    units_held int NOT NULL DEFAULT 0,
    priority int NOT NULL DEFAULT 0,
    needs jsonb NOT NULL,
    place timestamptz NOT NULL,
    due_at timestamptz,
    account_id uuid REFERENCES adjusters,
    stands_in_for uuid,
    returns text CHECK (returns IN ('immediately', 'on-close', 'never')),
    enqueued_at timestamptz NOT NULL,
    ring_since timestamptz NOT NULL,
    next_ring_at timestamptz,
    reserved_at timestamptz,
    answered_at timestamptz,
    interrupted_by uuid,
    done_at timestamptz
  );
  CREATE UNIQUE INDEX work_items_open ON work_items (conversation_id) WHERE state <> 'done';
  CREATE INDEX work_items_done ON work_items (conversation_id, done_at DESC) WHERE state = 'done';
  CREATE INDEX work_items_waiting ON work_items (place, id) WHERE state = 'waiting';
  CREATE INDEX work_items_account ON work_items (account_id) WHERE state = 'reserved';
  CREATE INDEX work_items_answered ON work_items (answered_at) WHERE state = 'reserved' AND units_held > 0 AND answered_at IS NOT NULL;
  CREATE INDEX work_items_stand_ins ON work_items (stands_in_for) WHERE state = 'reserved' AND stands_in_for IS NOT NULL;
  CREATE TABLE routing_decisions (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL,
    work_item_id uuid,
    cause text NOT NULL,
    ring text NOT NULL,
    chosen_id uuid,
    trace jsonb NOT NULL,
    at timestamptz NOT NULL
  );
  CREATE INDEX routing_decisions_conversation ON routing_decisions (conversation_id, at DESC, id DESC);
`;
