import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The claim mirror: claims with parties and exposures, and every event that the claim core sent. */
export class Claims1795000000005 implements MigrationInterface {
  readonly name = 'Claims1795000000005';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(TABLES);
  }

  async down(): Promise<void> {
    throw new Error('migrations go forward only: restore a backup instead');
  }
}

const TABLES = `
  CREATE TABLE claims (
    id uuid PRIMARY KEY,
    number text NOT NULL UNIQUE,
    external_id text,
    brand_id uuid NOT NULL REFERENCES brands,
    line_of_business text NOT NULL,
    jurisdiction text NOT NULL,
    loss_date date,
    stage text NOT NULL,
    sub_status text,
    version bigint NOT NULL,
    policy_number text,
    plate text,
    handler_external_id text,
    handler_name text,
    handler_id uuid REFERENCES accounts,
    co_handler_ids uuid[] NOT NULL DEFAULT '{}',
    next_step text,
    promised_by date,
    flags text[] NOT NULL DEFAULT '{}',
    catastrophe text,
    facts jsonb NOT NULL DEFAULT '{}',
    stage_times jsonb NOT NULL DEFAULT '{}',
    words tsvector,
    created_at timestamptz NOT NULL,
    updated_at timestamptz NOT NULL
  );
  CREATE INDEX claims_handler ON claims (handler_id) WHERE stage <> 'closed';
  CREATE INDEX claims_handler_external ON claims (handler_external_id);
  CREATE INDEX claims_digits ON claims (regexp_replace(number, '\\D', '', 'g'));
  CREATE INDEX claims_words ON claims USING gin (words);
  CREATE INDEX claims_updated ON claims (updated_at DESC, id DESC);
  CREATE TABLE claim_parties (
    id uuid PRIMARY KEY,
    claim_id uuid NOT NULL REFERENCES claims ON DELETE CASCADE,
    external_id text NOT NULL,
    role text NOT NULL,
    name text NOT NULL,
    contact_id uuid REFERENCES contacts,
    language text,
    represented_by_id uuid REFERENCES claim_parties,
    UNIQUE (claim_id, external_id)
  );
  CREATE INDEX claim_parties_contact ON claim_parties (contact_id) WHERE contact_id IS NOT NULL;
  CREATE TABLE exposures (
    id uuid PRIMARY KEY,
    claim_id uuid NOT NULL REFERENCES claims ON DELETE CASCADE,
    external_id text NOT NULL,
    kind text NOT NULL,
    party_id uuid REFERENCES claim_parties,
    stage text NOT NULL,
    sub_status text,
    UNIQUE (claim_id, external_id)
  );
  ALTER TABLE conversations
    ADD CONSTRAINT conversations_claim_fk FOREIGN KEY (claim_id) REFERENCES claims,
    ADD CONSTRAINT conversations_party_fk FOREIGN KEY (party_id) REFERENCES claim_parties;
  CREATE TABLE claim_events (
    id uuid PRIMARY KEY,
    source text NOT NULL,
    event_id text NOT NULL,
    claim_number text NOT NULL,
    claim_id uuid,
    exposure_id uuid,
    version bigint,
    type text NOT NULL,
    outcome text NOT NULL,
    detail text,
    stage text,
    previous_stage text,
    sub_status text,
    key_id text NOT NULL,
    sealed bytea NOT NULL,
    occurred_at timestamptz NOT NULL,
    received_at timestamptz NOT NULL,
    confirmed_by uuid,
    UNIQUE (source, event_id)
  );
  CREATE INDEX claim_events_claim ON claim_events (claim_number, received_at);
`;
