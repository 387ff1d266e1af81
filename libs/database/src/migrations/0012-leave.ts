import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What an absence has moved, mails that are named after an adjuster, and replies that leave later. */
export class Leave1795000000012 implements MigrationInterface {
  readonly name = 'Leave1795000000012';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

const TABLES = `
  ALTER TABLE absences
    ADD COLUMN moved_at timestamptz,
    ADD COLUMN returned_at timestamptz;
  CREATE INDEX absences_unmoved ON absences (starts_at) WHERE canceled_at IS NULL AND moved_at IS NULL;
  CREATE INDEX absences_unreturned ON absences (ends_at) WHERE moved_at IS NOT NULL AND returned_at IS NULL;
  CREATE TABLE absence_moves (
    absence_id uuid NOT NULL REFERENCES absences ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('conversation', 'snooze', 'scheduled', 'task')),
    item_id uuid NOT NULL,
    from_id uuid NOT NULL REFERENCES accounts,
    to_id uuid REFERENCES accounts,
    at timestamptz NOT NULL,
    returned_at timestamptz,
    PRIMARY KEY (absence_id, kind, item_id)
  );
  CREATE INDEX absence_moves_item ON absence_moves (item_id) WHERE returned_at IS NULL;
  CREATE TABLE mail_aliases (
    id uuid PRIMARY KEY,
    account_id uuid NOT NULL REFERENCES accounts ON DELETE CASCADE,
    inbox_id uuid NOT NULL REFERENCES inboxes ON DELETE CASCADE,
    address text NOT NULL UNIQUE CHECK (address = lower(address)),
    created_at timestamptz NOT NULL
  );
  CREATE INDEX mail_aliases_account ON mail_aliases (account_id);
  CREATE TABLE scheduled_sends (
    id uuid PRIMARY KEY,
    conversation_id uuid NOT NULL REFERENCES conversations,
    author_id uuid NOT NULL REFERENCES accounts,
    owner_id uuid REFERENCES accounts,
    message jsonb NOT NULL,
    send_at timestamptz NOT NULL,
    seen int NOT NULL,
    state text NOT NULL DEFAULT 'waiting' CHECK (state IN ('waiting', 'held', 'sent', 'canceled')),
    reason text,
    message_id uuid REFERENCES messages,
    created_at timestamptz NOT NULL,
    changed_at timestamptz NOT NULL
  );
  CREATE INDEX scheduled_sends_due ON scheduled_sends (send_at) WHERE state = 'waiting';
  CREATE INDEX scheduled_sends_conversation ON scheduled_sends (conversation_id, send_at) WHERE state IN ('waiting', 'held');
  CREATE INDEX scheduled_sends_owner ON scheduled_sends (owner_id, send_at) WHERE state IN ('waiting', 'held');
`;
