import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Templates, the consent ledger, preferences and notices. */
export class Notifications1795000000006 implements MigrationInterface {
  readonly name = 'Notifications1795000000006';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

const TABLES = `
  CREATE TABLE templates (
    code text NOT NULL,
    language text NOT NULL,
    version int NOT NULL,
    title text NOT NULL,
    use text NOT NULL CHECK (use IN ('reply', 'notice', 'automatic')),
    privacy text NOT NULL,
    subject text,
    body text NOT NULL,
    published_at timestamptz NOT NULL,
    published_by uuid REFERENCES accounts,
    PRIMARY KEY (code, language, version)
  );
  CREATE TABLE consents (
    id uuid PRIMARY KEY,
    address_id uuid NOT NULL REFERENCES addresses,
    channel text NOT NULL,
    purpose text NOT NULL,
    state text NOT NULL CHECK (state IN ('granted', 'opted-out')),
    source text NOT NULL,
    evidence jsonb NOT NULL DEFAULT '{}',
    at timestamptz NOT NULL
  );
  CREATE INDEX consents_latest ON consents (address_id, channel, purpose, at DESC, id DESC);
  CREATE TABLE preferences (
    contact_id uuid PRIMARY KEY REFERENCES contacts ON DELETE CASCADE,
    channels text[] NOT NULL DEFAULT '{}',
    any_hour boolean NOT NULL DEFAULT false,
    quiet_from text,
    quiet_to text,
    updated_at timestamptz NOT NULL
  );
  CREATE TABLE notices (
    id uuid PRIMARY KEY,
    key text NOT NULL UNIQUE,
    code text NOT NULL,
    class text NOT NULL,
    claim_id uuid NOT NULL REFERENCES claims,
    claim_number text NOT NULL,
    claim_event_id uuid NOT NULL,
    exposure_id uuid,
    party_id uuid,
    contact_id uuid,
    conversation_id uuid,
    message_id uuid,
    language text,
    template_version int,
    state text NOT NULL CHECK (state IN ('planned', 'sending', 'told', 'not-sent')),
    reason text,
    plan jsonb NOT NULL DEFAULT '[]',
    step int NOT NULL DEFAULT 0,
    held_until timestamptz,
    digest_until timestamptz,
    trace jsonb NOT NULL DEFAULT '{}',
    occurred_at timestamptz NOT NULL,
    created_at timestamptz NOT NULL,
    settled_at timestamptz
  );
  CREATE INDEX notices_claim ON notices (claim_id, created_at);
  CREATE INDEX notices_message ON notices (message_id);
  CREATE INDEX notices_digests ON notices (digest_until) WHERE state = 'planned';
`;
