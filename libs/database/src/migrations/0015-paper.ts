import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Paper and counter: messages that were filed elsewhere, scans of the mailroom, letters to be posted, appointments, and what is written in a file. */
export class Paper1795000000015 implements MigrationInterface {
  readonly name = 'Paper1795000000015';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

const TABLES = `
  CREATE TABLE message_moves (
    id uuid PRIMARY KEY,
    message_id uuid NOT NULL REFERENCES messages ON DELETE CASCADE,
    from_conversation_id uuid NOT NULL,
    to_conversation_id uuid NOT NULL,
    by_id uuid NOT NULL,
    undoes uuid,
    at timestamptz NOT NULL
  );
  CREATE INDEX message_moves_message ON message_moves (message_id, at DESC, id DESC);
  CREATE TABLE scans (
    id uuid PRIMARY KEY,
    inbox_id uuid NOT NULL REFERENCES inboxes,
    attachment_id uuid NOT NULL REFERENCES attachments,
    name text NOT NULL,
    pages int,
    words text NOT NULL DEFAULT '',
    sender text NOT NULL DEFAULT '',
    received_on date NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'filed', 'set-aside')),
    split_from uuid,
    message_id uuid,
    claim_number text,
    uploaded_by uuid NOT NULL,
    settled_by uuid,
    settled_at timestamptz,
    created_at timestamptz NOT NULL
  );
  CREATE INDEX scans_waiting ON scans (created_at, id) WHERE state = 'waiting';
  CREATE INDEX scans_settled ON scans (settled_at DESC) WHERE state <> 'waiting';
  CREATE TABLE letters (
    delivery_id uuid PRIMARY KEY,
    inbox_id uuid NOT NULL REFERENCES inboxes,
    message_id uuid NOT NULL REFERENCES messages ON DELETE CASCADE,
    attachment_id uuid NOT NULL REFERENCES attachments,
    state text NOT NULL DEFAULT 'to-post' CHECK (state IN ('to-post', 'posted', 'returned')),
    made_at timestamptz NOT NULL,
    posted_on date,
    posted_by uuid,
    returned_on date
  );
  CREATE INDEX letters_to_post ON letters (made_at) WHERE state = 'to-post';
  CREATE INDEX letters_message ON letters (message_id);
  CREATE TABLE appointments (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES conversations,
    kind text NOT NULL CHECK (kind IN ('home-visit', 'counter')),
    state text NOT NULL DEFAULT 'invited' CHECK (state IN ('invited', 'confirmed', 'change-asked', 'canceled', 'held')),
    starts_at timestamptz NOT NULL,
    ends_at timestamptz NOT NULL,
    place text NOT NULL,
    participants text[] NOT NULL DEFAULT '{}',
    technician_id uuid REFERENCES accounts,
    wish text,
    sequence int NOT NULL DEFAULT 0,
    reminded_at timestamptz,
    created_by uuid NOT NULL,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL
  );
  CREATE INDEX appointments_conversation ON appointments (conversation_id, starts_at);
  CREATE INDEX appointments_coming ON appointments (starts_at) WHERE state IN ('invited', 'confirmed') AND reminded_at IS NULL;
  CREATE INDEX claims_policy_key ON claims (upper(translate(policy_number, ' -·', ''))) WHERE policy_number IS NOT NULL;
  CREATE INDEX claims_plate_key ON claims (upper(translate(plate, ' -·', ''))) WHERE plate IS NOT NULL;
  CREATE INDEX claim_parties_name ON claim_parties (name);
  CREATE TABLE file_words (
    attachment_id uuid PRIMARY KEY REFERENCES attachments ON DELETE CASCADE,
    words text NOT NULL,
    pages int,
    read_at timestamptz NOT NULL
  );
`;
