import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who somebody is: one-time links, codes, the sessions of the portal, merged contacts; and what is kept sealed because of it. */
export class Identity1795000000008 implements MigrationInterface {
  readonly name = 'Identity1795000000008';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(LINKS);
    await runner.query(CONTACTS);
    await runner.query(SEALED);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

// Only hashes of tokens and codes are kept: whoever reads the database opens no door with it.
const LINKS = `
  CREATE TABLE secure_links (
    id uuid PRIMARY KEY,
    token_hash bytea NOT NULL UNIQUE,
    purpose text NOT NULL,
    contact_id uuid NOT NULL REFERENCES contacts,
    claim_number text,
    conversation_id uuid REFERENCES conversations,
    address_id uuid REFERENCES addresses,
    subject text,
    single_use boolean NOT NULL,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    opened_at timestamptz,
    spent_at timestamptz
  );
  CREATE INDEX secure_links_contact ON secure_links (contact_id, purpose, created_at DESC);
  CREATE INDEX secure_links_expiry ON secure_links (expires_at);
  CREATE TABLE step_up_codes (
    id uuid PRIMARY KEY,
    contact_id uuid NOT NULL REFERENCES contacts,
    address_id uuid NOT NULL REFERENCES addresses,
    purpose text NOT NULL,
    mac text NOT NULL,
    tries int NOT NULL DEFAULT 0,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL,
    used_at timestamptz,
    locked_at timestamptz
  );
  CREATE INDEX step_up_codes_address ON step_up_codes (contact_id, address_id, created_at DESC);
  CREATE TABLE portal_grants (
    token_hash bytea PRIMARY KEY,
    contact_id uuid NOT NULL REFERENCES contacts,
    address_id uuid NOT NULL REFERENCES addresses,
    purpose text NOT NULL,
    link_id uuid REFERENCES secure_links,
    created_at timestamptz NOT NULL,
    expires_at timestamptz NOT NULL
  );
  CREATE INDEX portal_grants_expiry ON portal_grants (expires_at);
`;

// The record of a merge or a split holds ids only: which rows changed hands, so that it can be taken back.
const CONTACTS = `
  CREATE TABLE address_speakers (
    address_id uuid PRIMARY KEY REFERENCES addresses,
    shared_id uuid NOT NULL REFERENCES contacts,
    until timestamptz NOT NULL
  );
  CREATE INDEX address_speakers_until ON address_speakers (until);
  ALTER TABLE contacts ADD COLUMN merged_into uuid REFERENCES contacts;
  CREATE INDEX contacts_merged ON contacts (merged_into) WHERE merged_into IS NOT NULL;
  CREATE TABLE contact_changes (
    id uuid PRIMARY KEY,
    kind text NOT NULL CHECK (kind IN ('merge', 'split')),
    kept_id uuid NOT NULL REFERENCES contacts,
    other_id uuid NOT NULL REFERENCES contacts,
    actor_id uuid NOT NULL REFERENCES accounts,
    moved jsonb NOT NULL,
    at timestamptz NOT NULL,
    undone_at timestamptz,
    undone_by uuid REFERENCES accounts
  );
  CREATE INDEX contact_changes_kept ON contact_changes (kept_id, at DESC);
  CREATE INDEX contact_changes_other ON contact_changes (other_id, at DESC);
`;

const SEALED = `
  CREATE TABLE sealed_words (
    message_id uuid PRIMARY KEY REFERENCES messages ON DELETE CASCADE,
    kind text NOT NULL CHECK (kind IN ('masked', 'secret')),
    key_id text NOT NULL,
    sealed bytea NOT NULL
  );
  CREATE TABLE payee_choices (
    id uuid PRIMARY KEY,
    claim_number text NOT NULL,
    contact_id uuid NOT NULL REFERENCES contacts,
    link_id uuid NOT NULL UNIQUE REFERENCES secure_links,
    method text NOT NULL CHECK (method IN ('bank-transfer', 'alipay', 'wechat-pay', 'cheque')),
    last4 text,
    key_id text,
    sealed bytea,
    chosen_at timestamptz NOT NULL,
    fetched_at timestamptz,
    acknowledged_at timestamptz,
    CHECK ((key_id IS NULL) = (sealed IS NULL)),
    CHECK (acknowledged_at IS NULL OR sealed IS NULL)
  );
  CREATE INDEX payee_choices_claim ON payee_choices (claim_number, chosen_at DESC);
`;
